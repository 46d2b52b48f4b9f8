/** Delivers to functions as queues and streams do: until a delivery succeeds, and in the end after a person redrives it. */
import { type FaultPorts, type Faults, isExpected } from "./faults.ts";
import { QuotaError } from "./quotas.ts";
import { type Caller, RunawayError, type Scheduler } from "./scheduler.ts";

/** After this many receives a message goes to the dead-letter queue, and a person redrives it. */
const MOST_RECEIVES = 5;
/** The time until the next delivery. */
const SECONDS = { queue: 60, stream: 2, run: 2, people: 3600, reconciler: 300 };
/** A clock is wrong by at most this many seconds. */
const MOST_SKEW = 300;

export type Source = keyof typeof SECONDS;

export class Deliveries {
  /** The deliveries that failed for good, although AWS only throttled them. */
  givenUp = 0;
  /** Errors that no caller should throw. */
  readonly unexpected: Error[] = [];
  private readonly scheduler: Scheduler;
  private readonly faults: Faults;
  private readonly portsOf: (caller: Caller, from: Source) => FaultPorts;
  private readonly again: number | undefined;

  /** `again`: seconds until a failed delivery comes again, in place of the services' own times. */
  constructor(
    scheduler: Scheduler,
    faults: Faults,
    portsOf: (caller: Caller, from: Source) => FaultPorts,
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
    let throttles = 0;
    const receive = (received: number) =>
      this.scheduler.call(
        (caller) => use(this.portsOf(caller, from)),
        (ending) => {
          if (typeof ending === "object") this.note(ending.threw);
          if (ending === "done") return;
          if (typeof ending === "object" && ending.threw instanceof QuotaError) throttles++;
          if (received === MOST_RECEIVES && throttles === MOST_RECEIVES) this.givenUp++;
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
