/**
 * Scenarios of a few lines, so that a test says only what it is about, and their timelines told in short.
 *
 * Unless a test says otherwise there is one journey `j` that starts with the event `start`, one customer `c-1` with an
 * address, and the templates `hello` (marketing) and `receipt` (transactional). All times are in 2026 and UTC.
 */
import { checkScenario } from "../../simulator/scenario.ts";
import { type Simulation, simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";

export type Document = Readonly<Record<string, unknown>>;

export interface Parts {
  readonly journeys?: readonly Document[];
  readonly templates?: readonly Document[];
  readonly segments?: readonly Document[];
  readonly customers?: readonly Document[];
  readonly events?: readonly Document[];
  readonly statuses?: readonly Document[];
  readonly edits?: readonly Document[];
  readonly entries?: readonly Document[];
  readonly splits?: readonly Document[];
  /** The stack's. */
  readonly limits?: Document;
  readonly until?: string;
}

export interface Told extends Simulation {
  readonly lines: readonly TimelineLine[];
  /** The timeline in short, one text a line. */
  readonly story: readonly string[];
}

/** The moment of a text such as "01-05 10:00" or "01-05 10:00:30.500". */
export function on(text: string): string {
  const [day, time = ""] = text.split(" ");
  return new Date(`2026-${day}T${time.length === 5 ? `${time}:00` : time}Z`).toISOString();
}

/** An active journey; it starts with its first component. */
export function journey(parts: Document & { readonly components: Document }): Document {
  return {
    id: "j",
    name: "J",
    status: "active",
    trigger: { event: "start" },
    start: Object.keys(parts.components)[0],
    ...parts,
  };
}

/** A journey of one component that ends at once: for tests about entering. */
export const brief = (parts: Document = {}) =>
  journey({ components: { note: { type: "emitEvent", event: "noted" } }, ...parts });

/** A journey that keeps its customers for ten days: for tests about what happens meanwhile. */
export const lasting = (parts: Document = {}) =>
  journey({ components: { stay: { type: "wait", for: "P10D" } }, ...parts });

export function event(at: string, name: string, more: Document = {}): Document {
  return { at: on(at), event: name, customerId: "c-1", ...more };
}

export const start = (at = "01-05 10:00", more: Document = {}) => event(at, "start", more);

export function status(at: string, message: string, reached: string, customerId = "c-1"): Document {
  return { at: on(at), customerId, message, status: reached };
}

export const hello = { id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" };
export const receipt = { id: "receipt", channel: "email", class: "transactional", subject: "Receipt", text: "Thanks" };
/** For an app that sends it. */
export const sms = { id: "sms", channel: "event", class: "marketing", topic: "news", text: "Hi" };
export const ann = { customerId: "c-1", email: "ann@shop.example" };

export async function tell(parts: Parts): Promise<Told> {
  const scenario = { templates: [hello, receipt], customers: [ann], until: on("12-31 00:00"), ...parts };
  const checked = checkScenario(scenario);
  if ("problems" in checked) throw new Error(`The scenario is broken: ${JSON.stringify(checked.problems)}`);
  const lines: TimelineLine[] = [];
  const result = await simulate(checked.value, (line) => lines.push(line));
  if ("problems" in result) throw new Error(`A document is broken: ${JSON.stringify(result.problems)}`);
  return { ...result, lines, story: lines.map(inShort) };
}

/** The story alone. */
export async function story(parts: Parts): Promise<readonly string[]> {
  return (await tell(parts)).story;
}

/** What lines of the story say, without when. */
export function withoutTimes(story: readonly string[]): string[] {
  return story.map((line) => line.slice(line.indexOf("|") + 2));
}

/** `01-05 10:00 | c-2 j …`; the usual customer and journey are not named. */
function inShort(line: TimelineLine): string {
  const who = [
    "customerId" in line && line.customerId !== "c-1" && line.customerId,
    line.journeyId !== "j" && line.journeyId,
  ];
  return [moment(line.at), "|", ...who.filter((name) => name !== false), what(line)].join(" ");
}

function what(line: TimelineLine): string {
  switch (line.kind) {
    case "entered":
      return `entered v${line.version}${line.key === undefined ? "" : ` key ${line.key}`}`;
    case "not-entered":
      return `not-entered ${line.reason}`;
    case "component":
      return `${line.componentId} ${line.outcome}${line.until ? ` ${moment(line.until)}` : ""}${line.reason ? ` (${line.reason})` : ""}`;
    case "message":
      return `mail ${line.componentId}: ${line.subject}`;
    case "goal":
      return `goal ${line.goalId}`;
    case "exited":
      return `exited ${line.reason} at ${line.componentId}`;
    case "run":
      return `run ${line.considered} considered, ${line.entered} entered ${JSON.stringify(line.refused)}`;
    case "completed":
      return "completed";
    case "failed":
      return `failed ${line.reason}`;
  }
}

/** The time without its year (when it is 2026) and without zeros at its end. */
function moment(at: string): string {
  return at
    .replace(/^2026-/, "")
    .replace("T", " ")
    .replace(/(:00)?(\.000)?Z$/, "");
}
