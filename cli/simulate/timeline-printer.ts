/** The timeline as a person likes to read it: when, who, what and why. */

import { because, told } from "../../insight/timeline/timeline-text.ts";
import { longDay } from "../../insight/words/time-text.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { Summary, TimelineLine } from "../../simulator/timeline.ts";
import type { Io } from "../terminal/io.ts";

/** Longer names are shown whole and put their line out of column. */
const WIDEST = 24;

export class Teller {
  private readonly io: Io;
  private readonly names: ReadonlyMap<string, string>;
  private readonly widest: number;
  private readonly exits = new Map<string, number>();
  private last: Moment = { day: "", time: "" };

  constructor({ customers = [], events = [] }: Scenario, io: Io) {
    this.io = io;
    this.names = new Map(
      customers.map((customer) => [customer.customerId, nameOf(customer as Record<string, unknown>)]),
    );
    const ids = [
      ...this.names.keys(),
      ...events.map(({ customerId }) => customerId).filter((id) => typeof id === "string"),
    ];
    this.widest = Math.min(WIDEST, Math.max(4, ...ids.map((id) => this.who(id).length)));
  }

  tell(line: TimelineLine): void {
    if (line.kind === "exited") this.exits.set(line.reason, (this.exits.get(line.reason) ?? 0) + 1);
    const shown = told(line);
    if (!shown) return;
    const { io } = this;
    const { day, time } = momentOf(line.at);
    if (day !== this.last.day) io.out(`\n${io.style("bold", longDay(line.at))}`);
    const moment = day === this.last.day && time === this.last.time ? "" : time;
    this.last = { day, time };
    const who = this.who(line.customerId).padEnd(this.widest);
    io.out(`  ${io.style("dim", moment.padEnd(8))} ${who}  ${io.style(shown.colour, shown.mark)} ${shown.text}`);
  }

  summarise({ entered, active, completed, exited, failed, goals, messages, tags }: Summary): void {
    const { io } = this;
    const reasons = [...this.exits].map(([reason, times]) => `${because(reason)} ${times}×`);
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
    const tagged = Object.entries(tags).map(([customerId, names]) => `${this.who(customerId)} ${names.join(", ")}`);
    if (tagged.length > 0) io.out(`  Tags: ${tagged.join("; ")}.`);
  }

  private who(customerId: string): string {
    return this.names.get(customerId) ?? customerId;
  }
}

interface Moment {
  readonly day: string;
  readonly time: string;
}

/** Seconds and milliseconds only where there are some. */
function momentOf(at: string): Moment {
  const [day = "", time = ""] = at.replace("Z", "").split("T");
  return { day, time: time.replace(/\.000$/, "").replace(/^(\d\d:\d\d):00$/, "$1") };
}

function nameOf({ customerId, firstName, name }: Record<string, unknown>): string {
  return [name, firstName, customerId].find((text): text is string => typeof text === "string" && text !== "") ?? "";
}
