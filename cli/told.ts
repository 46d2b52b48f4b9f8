/** What a line of the timeline says in words. */
import { reasonText } from "../lambdas/domain/reason-text.ts";
import type { TimelineLine } from "../simulator/timeline.ts";
import { shortDay } from "./day.ts";
import type { Colour } from "./io.ts";

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

const say = (mark: string, colour: Colour, text: string): Told => ({ mark, colour, text });

const tell: { readonly [K in TimelineLine["kind"]]: (line: LineOf<K>) => Told | undefined } = {
  entered: ({ journeyId, version, key, event }) => {
    const by = event ? `on ${event}` : "on a change of the customer";
    return say("▶", "cyan", `enters ${journeyId} v${version} ${by}${key === undefined ? "" : ` (${key})`}`);
  },
  "not-entered": ({ journeyId, reason }) => say("–", "gray", `does not enter ${journeyId}: ${reasonText(reason)}`),
  component: ({ at, componentId, type, outcome, until, reason }) => {
    if (outcome === "waiting") {
      const till = until ? ` until ${moment(until, at)}` : "";
      return say("…", "yellow", `${componentId} waits${till}${reason === undefined ? "" : `: ${reasonText(reason)}`}`);
    }
    if (outcome === "skipped") return say("○", "yellow", `${componentId} is skipped: ${reasonText(reason ?? "")}`);
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
    say("◀", "blue", `leaves ${journeyId} at ${componentId}: ${reasonText(reason)}`),
  completed: ({ journeyId }) => say("✓", "green", `completes ${journeyId}`),
  failed: ({ journeyId, reason }) => say("✗", "red", `fails in ${journeyId}: ${reasonText(reason)}`),
};

/** A moment as seen from another: the day only when it is another. */
function moment(at: string, from: string): string {
  const time = at
    .slice(11)
    .replace(/(:00)?\.000Z$/, "")
    .replace("Z", "");
  return at.slice(0, 10) === from.slice(0, 10) ? time : `${shortDay(at, from)}, ${time}`;
}
