/** What a line of the timeline says in words. */

import type { Colour } from "../../cli/terminal/io.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { shortDay } from "../words/time-text.ts";

type LineOf<K extends TimelineLine["kind"]> = Extract<TimelineLine, { kind: K }>;

export interface Told {
  readonly mark: string;
  readonly colour: Colour;
  readonly text: string;
}

/** `undefined`: the line goes without saying, because another one says it. */
export function told(line: TimelineLine): Told | undefined {
  return (tell[line.kind] as (line: TimelineLine) => Told | undefined)(line);
}

const why: Readonly<Record<string, string>> = {
  "duplicate-event": "this event was handled before",
  "where-false": "the trigger's condition does not hold",
  "audience-false": "not in the audience",
  "not-active": "the journey is not active",
  "entry-limit": "entered as often as allowed",
  unsubscribed: "unsubscribed",
  "exit-holds": "an exit rule holds already",
  "no-address": "no email address",
  "bad-address": "the email address is none",
  bounced: "mail to this address bounced for good",
  complained: "complained of a mail",
  "topic-unsubscribed": "unsubscribed from this topic",
  "frequency-cap": "written to as often as the cap allows",
  "quiet-hours": "quiet hours",
  held: "marketing of this journey is held, because of bounces or complaints",
  "send-rate": "its turn to be sent",
  "journey-stopped": "the journey was stopped",
  "customer-deleted": "the customer was deleted",
};

/** Reasons of the system in words; those that an admin named stay as they are. */
export function because(reason: string): string {
  return Object.hasOwn(why, reason) ? (why[reason] ?? reason) : reason;
}

const say = (mark: string, colour: Colour, text: string): Told => ({ mark, colour, text });

const tell: { readonly [K in TimelineLine["kind"]]: (line: LineOf<K>) => Told | undefined } = {
  entered: ({ journeyId, version, key, event }) => {
    const by = event ? `on ${event}` : "on a change of the customer";
    return say("▶", "cyan", `enters ${journeyId} v${version} ${by}${key === undefined ? "" : ` (${key})`}`);
  },
  "not-entered": ({ journeyId, reason }) => say("–", "gray", `does not enter ${journeyId}: ${because(reason)}`),
  component: ({ at, componentId, type, outcome, until, reason }) => {
    if (outcome === "waiting") {
      const till = until ? ` until ${moment(until, at)}` : "";
      return say("…", "yellow", `${componentId} waits${till}${reason === undefined ? "" : `: ${because(reason)}`}`);
    }
    if (outcome === "skipped") return say("○", "yellow", `${componentId} is skipped: ${because(reason ?? "")}`);
    if (type === "sendTemplate" || (type === "wait" && outcome === "done")) return undefined;
    return say("·", "gray", outcome === "done" ? componentId : `${componentId} → ${outcome}`);
  },
  message: ({ componentId, subject, text = "", to }) => {
    const said = subject ?? (text.length > 60 ? `${text.slice(0, 59)}…` : text);
    return say(
      "✉",
      "magenta",
      `${componentId}: “${said.replace(/\s+/g, " ")}” ${to === undefined ? "requested" : `to ${to}`}`,
    );
  },
  goal: ({ journeyId, goalId }) => say("★", "green", `reaches the goal ${goalId} of ${journeyId}`),
  exited: ({ journeyId, reason, componentId }) =>
    say("◀", "blue", `leaves ${journeyId} at ${componentId}: ${because(reason)}`),
  completed: ({ journeyId }) => say("✓", "green", `completes ${journeyId}`),
  failed: ({ journeyId, reason }) => say("✗", "red", `fails in ${journeyId}: ${reason}`),
};

/** A moment as seen from another: the day only when it is another. */
function moment(at: string, from: string): string {
  const time = at
    .slice(11)
    .replace(/(:00)?\.000Z$/, "")
    .replace("Z", "");
  return at.slice(0, 10) === from.slice(0, 10) ? time : `${shortDay(at, from)}, ${time}`;
}
