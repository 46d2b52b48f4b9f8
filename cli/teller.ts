/** The timeline as a person likes to read it: when, who, what and why. */
import type { Scenario } from "../simulator/scenario.ts";
import type { Summary, TimelineLine } from "../simulator/timeline.ts";
import type { Colour, Io } from "./io.ts";

type LineOf<K extends TimelineLine["kind"]> = Extract<TimelineLine, { kind: K }>;

interface Told {
  readonly mark: string;
  readonly colour: Colour;
  readonly text: string;
}

export class Teller {
  private readonly io: Io;
  private readonly names: Map<string, string>;
  private readonly widest: number;
  private day = "";
  private moment = "";

  constructor({ customers = [], events = [] }: Scenario, io: Io) {
    this.io = io;
    this.names = new Map(
      customers.map((customer) => [customer.customerId, nameOf(customer as Record<string, unknown>)]),
    );
    const ids = [...this.names.keys(), ...events.map(({ customerId }) => customerId)];
    this.widest = Math.min(24, Math.max(4, ...ids.map((id) => this.who(id).length)));
  }

  tell(line: TimelineLine): void {
    const told = (tell[line.kind] as (line: TimelineLine) => Told | undefined)(line);
    if (!told) return;
    const { io } = this;
    const [day = "", time = ""] = line.at.replace("Z", "").split("T");
    if (day !== this.day) io.out(`\n${io.style("bold", weekday(line.at))}`);
    const shown = time.endsWith(".000") ? time.slice(0, time.endsWith(":00.000") ? 5 : 8) : time;
    const moment = day === this.day && shown === this.moment ? " ".repeat(shown.length) : shown;
    [this.day, this.moment] = [day, shown];
    const who = this.who(line.customerId).padEnd(this.widest);
    io.out(`  ${io.style("dim", moment.padEnd(8))} ${who}  ${io.style(told.colour, told.mark)} ${told.text}`);
  }

  summarise({ entered, active, completed, exited, failed, goals, messages }: Summary): void {
    const { io } = this;
    const ends = [
      `${completed} completed`,
      `${exited} exited`,
      ...(active ? [`${active} still inside`] : []),
      ...(failed ? [`${failed} failed`] : []),
    ];
    io.out(
      `\n  ${io.style("bold", `${entered} entered`)}: ${ends.join(", ")}. ${messages} message${messages === 1 ? "" : "s"} sent.`,
    );
    const reached = Object.entries(goals).map(([goal, times]) => `${goal} ${times}×`);
    if (reached.length > 0) io.out(`  Goals: ${reached.join(", ")}.`);
  }

  private who(customerId: string): string {
    return this.names.get(customerId) ?? customerId;
  }
}

function nameOf({ customerId, firstName, name }: Record<string, unknown>): string {
  return [name, firstName, customerId].find((text): text is string => typeof text === "string" && text !== "") ?? "";
}

function weekday(at: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" }).format(new Date(at));
}

const say = (mark: string, colour: Colour, text: string): Told => ({ mark, colour, text });

const why: Record<string, string> = {
  "duplicate-event": "this event was handled before",
  "where-false": "the trigger's condition does not hold",
  "audience-false": "not in the audience",
  "not-active": "the journey is not active",
  "entry-limit": "entered as often as allowed",
  unsubscribed: "unsubscribed",
  "exit-holds": "an exit rule holds already",
  "no-address": "no email address",
  suppressed: "mail to this address bounced or was complained of",
  "journey-stopped": "the journey was stopped",
  "customer-deleted": "the customer was deleted",
};

const because = (reason: string) => why[reason] ?? reason;
const until = (time: string) =>
  time
    .replace(/:00\.000Z$/, "")
    .replace(/\.000Z$/, "")
    .replace("T", " ");

const tell: { [K in TimelineLine["kind"]]: (line: LineOf<K>) => Told | undefined } = {
  entered: ({ journeyId, version, key, event }) =>
    say(
      "▶",
      "cyan",
      `enters ${journeyId} v${version}${event ? ` on ${event}` : " on a change"}${key === undefined ? "" : ` (${key})`}`,
    ),
  "not-entered": ({ journeyId, reason }) => say("–", "gray", `does not enter ${journeyId}: ${because(reason)}`),
  component: ({ componentId, type, outcome, until: end, reason }) => {
    if (outcome === "waiting") return say("…", "yellow", `${componentId} waits${end ? ` until ${until(end)}` : ""}`);
    if (outcome === "skipped") return say("○", "yellow", `${componentId} is skipped: ${because(reason ?? "")}`);
    if (type === "sendTemplate" || (type === "wait" && outcome === "done")) return undefined;
    return say("·", "gray", outcome === "done" ? componentId : `${componentId} → ${outcome}`);
  },
  message: ({ componentId, subject, to }) => say("✉", "magenta", `${componentId}: “${subject}” to ${to}`),
  goal: ({ journeyId, goalId }) => say("★", "green", `reaches the goal ${goalId} of ${journeyId}`),
  exited: ({ journeyId, reason, componentId }) =>
    say("◀", "blue", `leaves ${journeyId} at ${componentId}: ${because(reason)}`),
  completed: ({ journeyId }) => say("✓", "green", `completes ${journeyId}`),
  failed: ({ journeyId, reason }) => say("✗", "red", `fails in ${journeyId}: ${reason}`),
};
