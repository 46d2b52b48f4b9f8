/** The state machine on virtual time: the loop of `statemachines/journey.asl.json` with the same use cases as tasks. */

import { handOver } from "../lambdas/app/exits/hand-over.ts";
import type { Executions, Ports } from "../lambdas/app/ports.ts";
import type { EnrollmentRef } from "../lambdas/app/store.ts";
import { advanceEnrollment } from "../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../lambdas/app/walk/await-signal.ts";
import { ForcedSplits } from "./forced-splits.ts";
import { type Instruments, noInstruments } from "./instruments.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export class VirtualExecutions implements Executions {
  /** The caller sets this after it has made all ports: the ports contain this object. */
  ports: Ports | undefined;
  private readonly clock: VirtualClock;
  private readonly instruments: Instruments;
  private readonly splits: ForcedSplits;
  private readonly running = new Map<string, { cancel: () => void }>();
  private readonly started = new Set<string>();
  private readonly tokens = new Map<string, () => void>();
  private handedOut = 0;

  constructor(clock: VirtualClock, instruments: Instruments = noInstruments, splits = new ForcedSplits([])) {
    this.clock = clock;
    this.instruments = instruments;
    this.splits = splits;
  }

  async start(ref: EnrollmentRef, attempt: number) {
    const name = nameOf(ref, attempt);
    if (this.started.has(name)) return;
    this.started.add(name);
    this.running.set(name, { cancel: () => {} });
    this.clock.follow(() => this.advance(name, ref), "walk");
  }

  async stop(ref: EnrollmentRef, attempt: number) {
    const name = nameOf(ref, attempt);
    this.running.get(name)?.cancel();
    this.running.delete(name);
  }

  async signal(token: string) {
    const wake = this.tokens.get(token);
    wake?.();
    return wake !== undefined;
  }

  async isRunning(ref: EnrollmentRef, attempt: number) {
    return this.running.has(nameOf(ref, attempt));
  }

  private async advance(name: string, ref: EnrollmentRef): Promise<void> {
    if (!this.running.has(name) || !this.ports) return;
    const { ports, clock } = this;
    const journeys = this.splits.journeysOf(ref.customerId, ports.journeys);
    const instruction = await this.instruments.call("advance", () => advanceEnrollment(ref, { ...ports, journeys }));
    const advanceNext = () => this.advance(name, ref);
    switch (instruction.next) {
      case "done":
        this.running.delete(name);
        // The reconciler's part: the simulator has no other use for it.
        if (instruction.handOver) await handOver(await ports.store.enrollment(ref), ports);
        return;
      case "continue":
        return clock.follow(advanceNext, "walk");
      case "wait":
        this.running.set(name, { cancel: clock.plan(instruction.until, "timer", advanceNext) });
        return;
      case "awaitSignal": {
        const token = `token-${this.handedOut++}`;
        const timeOut = clock.plan(instruction.until, "timer", async () => {
          this.tokens.delete(token);
          await advanceNext();
        });
        const cancel = () => {
          timeOut();
          this.tokens.delete(token);
        };
        this.tokens.set(token, () => {
          cancel();
          clock.follow(advanceNext, "walk");
        });
        this.running.set(name, { cancel });
        return clock.follow(() =>
          this.instruments.call("await-signal", () => awaitSignal(ref, instruction.visit, token, ports)),
        );
      }
      default:
        instruction satisfies never;
    }
  }
}

function nameOf({ enrollmentId }: EnrollmentRef, attempt: number): string {
  return `${enrollmentId}-${attempt}`;
}
