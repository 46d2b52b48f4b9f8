/** Everything that comes to a function: as often as it takes, and in the end by hand, as queues and streams do. */
import { type FaultPorts, type Faults, isExpected } from "./faults.ts";
import { type Caller, RunawayError, type Scheduler } from "./scheduler.ts";

/** A message is put aside after so many receives, and sent on again by people. */
const MOST_RECEIVES = 5;
/** Until it comes again. */
const SECONDS = { queue: 60, stream: 2, people: 3600, reconciler: 300 };
/** Clocks are wrong by at most so many seconds. */
const MOST_SKEW = 300;

export type Source = keyof typeof SECONDS;

export class Deliveries {
  /** What nobody had reckoned with. */
  readonly unexpected: Error[] = [];
  private readonly scheduler: Scheduler;
  private readonly faults: Faults;
  private readonly portsOf: (caller: Caller) => FaultPorts;
  private readonly again: number | undefined;

  /** `again`: seconds until whatever failed comes again, in place of the services' own. */
  constructor(
    scheduler: Scheduler,
    faults: Faults,
    portsOf: (caller: Caller) => FaultPorts,
    again: number | undefined,
  ) {
    this.scheduler = scheduler;
    this.faults = faults;
    this.portsOf = portsOf;
    this.again = again;
  }

  deliver(from: Source, use: (ports: FaultPorts) => Promise<unknown>): void {
    const fault = this.faults.toDelivery();
    const skew = fault?.kind === "skew" ? Math.min(fault.seconds - MOST_SKEW, MOST_SKEW) : 0;
    const receive = (received: number) =>
      this.scheduler.call(
        (caller) => use(this.portsOf(caller)),
        (ending) => {
          if (typeof ending === "object") this.note(ending.threw);
          if (ending === "done") return;
          const seconds = received < MOST_RECEIVES ? (this.again ?? SECONDS[from]) : SECONDS.people;
          this.scheduler.after(seconds, () => receive(received + 1));
        },
        skew,
      );
    if (fault?.kind === "late") this.scheduler.after(fault.seconds, () => receive(1));
    else receive(1);
    if (fault?.kind === "twin") receive(1);
    if (fault?.kind === "duplicate") this.scheduler.after(fault.seconds, () => receive(1));
  }

  note(error: Error): void {
    if (!(error instanceof RunawayError) && !isExpected(error)) this.unexpected.push(error);
  }
}
