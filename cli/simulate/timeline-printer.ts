/** Prints a simulated timeline for people: the time, the customer and what happened, in columns. */

import { type Names, namesIn, timelineText } from "../../insight/timeline/timeline-text.ts";
import { inZone } from "../../insight/words/local-time.ts";
import { longDay } from "../../insight/words/time-text.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { Summary, TimelineLine } from "../../simulator/timeline.ts";
import type { Io } from "../terminal/io.ts";
import type { Explain } from "./entry-reasons.ts";

/** A longer name is printed in full, so the rest of its line is not aligned with the column. */
const WIDEST = 24;

export class TimelinePrinter {
  private readonly io: Io;
  private readonly names: ReadonlyMap<string, string>;
  private readonly components: Names;
  private readonly widest: number;
  private readonly exits = new Map<string, number>();
  private last: DayAndTime = { day: "", time: "" };

  private readonly zone: string | undefined;
  private readonly reasons: Explain;

  constructor(
    { journeys = [], customers = [], events = [] }: Scenario,
    io: Io,
    { timezone, reasons = () => undefined }: { timezone?: string; reasons?: Explain } = {},
  ) {
    this.io = io;
    this.zone = timezone;
    this.reasons = reasons;
    this.components = new Map(journeys.flatMap(namesIn));
    this.names = new Map(
      customers.map((customer) => [customer.customerId, nameOf(customer as Record<string, unknown>)]),
    );
    const ids = [
      ...this.names.keys(),
      ...events.map(({ customerId }) => customerId).filter((id) => typeof id === "string"),
    ];
    this.widest = Math.min(WIDEST, Math.max(4, ...ids.map((id) => this.nameOf(id).length)));
  }

  printZone(): void {
    const hint = this.zone === undefined ? "UTC; --timezone shows another zone" : this.zone;
    this.io.out(this.io.style("dim", `Times are in ${hint}.`));
  }

  print(original: TimelineLine): void {
    const line = this.local(original);
    if (line.kind === "exited") this.exits.set(line.reason, (this.exits.get(line.reason) ?? 0) + 1);
    const shown = timelineText(line, this.components);
    if (!shown) return;
    const { io } = this;
    const { day, time } = dayAndTime(line.at);
    if (day !== this.last.day) io.out(`\n${io.style("bold", longDay(line.at))}`);
    const newTime = day === this.last.day && time === this.last.time ? "" : time;
    this.last = { day, time };
    const name = ("customerId" in line ? this.nameOf(line.customerId) : "").padEnd(this.widest);
    io.out(`  ${io.style("dim", newTime.padEnd(8))} ${name}  ${io.style(shown.color, shown.mark)} ${shown.text}`);
    const because = this.reasons(original);
    if (because !== undefined) io.out(`  ${" ".repeat(8 + 1 + this.widest + 4)}${io.style("dim", because)}`);
  }

  /** The line with its times in the printed time zone. */
  private local(line: TimelineLine): TimelineLine {
    if (this.zone === undefined) return line;
    const until = "until" in line && line.until !== undefined ? { until: inZone(line.until, this.zone) } : {};
    return { ...line, at: inZone(line.at, this.zone), ...until };
  }

  printSummary({ entered, active, completed, exited, failed, goals, messages, tags }: Summary): void {
    const { io } = this;
    const reasons = [...this.exits].map(([reason, times]) => `${reasonText(reason)} ${times}×`);
    const ends = [
      `${completed} completed`,
      `${exited} exited${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}`,
      ...(active > 0 ? [`${active} still inside`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
    ];
    const sent = `${messages} message${messages === 1 ? "" : "s"} sent`;
    io.out(`\n  ${io.style("bold", `${entered} entered`)}: ${ends.join(", ")}. ${sent}.`);
    const reached = Object.entries(goals).map(([goal, times]) => `${goal} ${times}×`);
    if (reached.length > 0) io.out(`  Goals: ${reached.join(", ")}.`);
    const tagged = Object.entries(tags).map(([customerId, names]) => `${this.nameOf(customerId)} ${names.join(", ")}`);
    if (tagged.length > 0) io.out(`  Tags: ${tagged.join("; ")}.`);
  }

  private nameOf(customerId: string): string {
    return this.names.get(customerId) ?? customerId;
  }
}

interface DayAndTime {
  readonly day: string;
  readonly time: string;
}

/** Seconds and milliseconds are left out when they are zero. */
function dayAndTime(at: string): DayAndTime {
  const [day = "", time = ""] = at.replace("Z", "").split("T");
  return { day, time: time.replace(/\.000$/, "").replace(/^(\d\d:\d\d):00$/, "$1") };
}

function nameOf({ customerId, firstName, name }: Record<string, unknown>): string {
  return [name, firstName, customerId].find((text): text is string => typeof text === "string" && text !== "") ?? "";
}
