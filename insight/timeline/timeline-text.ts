/** The lines of a simulated timeline in words. */

import { entries, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { textOrTemplate } from "../preview/whatsapp-text.ts";
import { shortDay } from "../words/time-text.ts";

type LineOf<K extends TimelineLine["kind"]> = Extract<TimelineLine, { kind: K }>;

export interface TimelineText {
  readonly mark: string;
  /** The color of the mark. */
  readonly color: "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "gray";
  readonly text: string;
}

/** The names that people gave to components, by `componentRef`. */
export type Names = ReadonlyMap<string, string>;

export const componentRef = (journeyId: string, componentId: string) => `${journeyId}/${componentId}`;

/** The names of the components of a journey, which may have problems. */
export function namesIn(journey: unknown): [string, string][] {
  const { id, components } = members(journey);
  return entries(components).flatMap(([componentId, component]): [string, string][] => {
    const { name } = members(component);
    return typeof name === "string" ? [[componentRef(String(id), componentId), name]] : [];
  });
}

/** `undefined`: the line is left out, because another line says the same. */
export function timelineText(line: TimelineLine, names: Names = new Map()): TimelineText | undefined {
  const named =
    "componentId" in line
      ? { ...line, componentId: names.get(componentRef(line.journeyId, line.componentId)) ?? line.componentId }
      : line;
  return (texts[line.kind] as (line: TimelineLine) => TimelineText | undefined)(named);
}

const MOST_CHARACTERS = 60;

const say = (mark: string, color: TimelineText["color"], text: string): TimelineText => ({ mark, color, text });

const texts: { readonly [K in TimelineLine["kind"]]: (line: LineOf<K>) => TimelineText | undefined } = {
  entered: ({ journeyId, version, key, event, run }) => {
    const by = run ? "in an audience run" : event ? `on ${event}` : "on a change of the customer";
    return say("▶", "cyan", `enters ${journeyId} v${version} ${by}${key === undefined ? "" : ` (${key})`}`);
  },
  "not-entered": ({ journeyId, reason }) => say("–", "gray", `does not enter ${journeyId}: ${reasonText(reason)}`),
  component: ({ at, componentId, type, outcome, until, reason }) => {
    if (outcome === "waiting") {
      const end = until ? ` until ${untilText(until, at)}` : "";
      return say("…", "yellow", `${componentId} waits${end}${reason === undefined ? "" : `: ${reasonText(reason)}`}`);
    }
    if (outcome === "skipped") return say("○", "yellow", `${componentId} is skipped: ${reasonText(reason ?? "")}`);
    if (type === "sendTemplate" || (type === "wait" && outcome === "done")) return undefined;
    return say("·", "gray", outcome === "done" ? componentId : `${componentId} → ${outcome}`);
  },
  message: ({ componentId, subject, to, ...message }) => {
    const text = textOrTemplate(message) ?? "";
    const summary = subject || (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text);
    return say(
      "✉",
      "magenta",
      `${componentId}: “${summary.replace(/\s+/g, " ")}” ${to === undefined ? "requested" : `to ${to}`}`,
    );
  },
  goal: ({ journeyId, goalId }) => say("★", "green", `reaches the goal ${goalId} of ${journeyId}`),
  exited: ({ journeyId, reason, componentId }) =>
    say("◀", "blue", `leaves ${journeyId} at ${componentId}: ${reasonText(reason)}`),
  run: ({ journeyId, considered, entered, refused }) => {
    const reasons = Object.entries(refused).map(([reason, times]) => `${reasonText(reason)} ${times}×`);
    const others = reasons.length > 0 ? ` (${reasons.join(", ")})` : "";
    return say("◎", "cyan", `run of ${journeyId}: ${considered} considered, ${entered} entered${others}`);
  },
  completed: ({ journeyId }) => say("✓", "green", `completes ${journeyId}`),
  failed: ({ journeyId, reason }) => say("✗", "red", `fails in ${journeyId}: ${reason}`),
};

/** The end of a wait, with its day only when that differs from the day of the line. */
function untilText(until: string, at: string): string {
  const time = until
    .slice(11)
    .replace(/(:00)?\.000Z$/, "")
    .replace("Z", "");
  return until.slice(0, 10) === at.slice(0, 10) ? time : `${shortDay(until, at)}, ${time}`;
}
