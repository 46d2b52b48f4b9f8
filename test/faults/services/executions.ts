/**
 * The executions of `statemachines/journey.asl.json`, run by callers that may die. Tasks are retried and caught as the
 * definition says. A fault can also make an execution disappear.
 */

import { failEnrollment } from "../../../lambdas/app/exits/fail-enrollment.ts";
import type { Instruction } from "../../../lambdas/app/instruction.ts";
import type { Executions, Ports } from "../../../lambdas/app/ports.ts";
import type { EnrollmentRef } from "../../../lambdas/app/store.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../../../lambdas/app/walk/await-signal.ts";
import { toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import type { Fault } from "./faults.ts";
import { Retries } from "./retries.ts";
import type { Caller, Ending, Scheduler } from "./scheduler.ts";

const FUNCTION_TIMEOUT = 60;

interface Execution {
  readonly name: string;
  readonly ref: EnrollmentRef;
  gone: boolean;
  /** Cancels the timer or token that the execution waits for. */
  cancel: () => void;
}

export class VolatileExecutions implements Executions {
  private readonly running = new Map<string, Execution>();
  private readonly started = new Set<string>();
  private readonly tokens = new Map<string, () => void>();
  private readonly scheduler: Scheduler;
  private readonly portsOf: (caller: Caller) => Ports;
  private readonly toExecution: () => Fault | undefined;
  private readonly onError: (error: Error) => void;
  private readonly again: number | undefined;
  private handedOut = 0;

  constructor(
    scheduler: Scheduler,
    portsOf: (caller: Caller) => Ports,
    toExecution: () => Fault | undefined,
    onError: (error: Error) => void,
    again: number | undefined,
  ) {
    this.scheduler = scheduler;
    this.portsOf = portsOf;
    this.toExecution = toExecution;
    this.onError = onError;
    this.again = again;
  }

  async start(ref: EnrollmentRef, attempt: number) {
    const name = `${ref.enrollmentId}-${attempt}`;
    if (this.started.has(name)) return;
    this.started.add(name);
    const execution: Execution = { name, ref, gone: false, cancel: () => {} };
    this.running.set(name, execution);
    const lost = this.toExecution();
    if (lost) this.scheduler.after(lost.seconds, () => this.end(execution));
    this.advance(execution);
  }

  async stop({ enrollmentId }: EnrollmentRef, attempt: number) {
    const execution = this.running.get(`${enrollmentId}-${attempt}`);
    if (execution) this.end(execution);
  }

  async signal(token: string) {
    const wake = this.tokens.get(token);
    wake?.();
    return wake !== undefined;
  }

  async isRunning({ enrollmentId }: EnrollmentRef, attempt: number) {
    return this.running.has(`${enrollmentId}-${attempt}`);
  }

  /** The enrollments that have a running execution. */
  walked(): Set<string> {
    return new Set([...this.running.values()].map(({ ref }) => ref.enrollmentId));
  }

  private end(execution: Execution): void {
    execution.gone = true;
    execution.cancel();
    this.running.delete(execution.name);
  }

  private advance(execution: Execution, retries = new Retries("Advance")): void {
    let [instruction, now]: [Instruction | undefined, string] = [undefined, ""];
    this.task(
      execution,
      async (caller) => {
        instruction = await advanceEnrollment(execution.ref, this.portsOf(caller));
        now = caller.now();
      },
      (ending) => {
        if (ending === "done" && instruction) return this.route(execution, instruction, now);
        const error = nameOf(ending);
        const after = retries.after(error);
        if (after === "ends") return this.end(execution);
        if ("pause" in after) return this.later(ending, after.pause, () => this.advance(execution, retries));
        return after.next === "Advance" ? this.advance(execution) : this.fail(execution, error);
      },
    );
  }

  private route(execution: Execution, instruction: Instruction, now: string): void {
    switch (instruction.next) {
      case "done":
        this.end(execution);
        break;
      case "continue":
        this.advance(execution);
        break;
      case "wait":
        execution.cancel = this.scheduler.at(instruction.until, () => this.advance(execution));
        break;
      case "awaitSignal": {
        const seconds = Math.max(1, Math.ceil((toMilliseconds(instruction.until) - toMilliseconds(now)) / 1000));
        this.sleep(execution, instruction.visit, seconds);
      }
    }
  }

  private sleep(execution: Execution, visit: number, seconds: number, retries = new Retries("AwaitSignal")): void {
    const token = `token-${this.handedOut++}`;
    let awake = false;
    const wake = (then: () => void) => () => {
      if (awake) return;
      awake = true;
      timer();
      this.tokens.delete(token);
      if (!execution.gone) then();
    };
    const timer = this.scheduler.after(
      seconds,
      wake(() => this.advance(execution)),
    );
    this.tokens.set(
      token,
      wake(() => this.advance(execution)),
    );
    execution.cancel = wake(() => {});
    this.task(
      execution,
      (caller) => awaitSignal(execution.ref, visit, token, this.portsOf(caller)),
      (ending) => {
        if (ending === "done") return;
        const after = retries.after(nameOf(ending));
        const again =
          typeof after === "object" && "pause" in after
            ? () => this.later(ending, after.pause, () => this.sleep(execution, visit, seconds, retries))
            : () => this.advance(execution);
        wake(again)();
      },
    );
  }

  private fail(execution: Execution, reason: string, retries = new Retries("MarkFailed")): void {
    this.task(
      execution,
      (caller) => failEnrollment(execution.ref, reason, this.portsOf(caller)),
      (ending) => {
        const after = ending === "done" ? "ends" : retries.after(nameOf(ending));
        if (typeof after === "object" && "pause" in after)
          this.later(ending, after.pause, () => this.fail(execution, reason, retries));
        else this.end(execution);
      },
    );
  }

  /** A call that died is noticed when its function's time is up. */
  private later(ending: Ending, pause: number, then: () => void): void {
    this.scheduler.after(this.again ?? (ending === "died" ? FUNCTION_TIMEOUT : pause), then);
  }

  /** A task of an execution that is gone finishes, but its result is ignored. */
  private task(
    execution: Execution,
    run: (caller: Caller) => Promise<unknown>,
    ended: (ending: Exclude<Ending, undefined>) => void,
  ): void {
    if (execution.gone) return;
    this.scheduler.call(run, (ending) => {
      if (typeof ending === "object") this.onError(ending.threw);
      if (!execution.gone) ended(ending);
    });
  }
}

function nameOf(ending: Ending): string {
  return typeof ending === "object" ? ending.threw.name : "Lambda.Unknown";
}
