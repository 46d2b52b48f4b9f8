/**
 * What can go wrong between a caller and AWS, put around its ports. A fault waits for its moment and then befalls the
 * first call to which it can happen: nothing is faked that the real service cannot do.
 */
import { ConflictError, ThrottledError } from "../../lambdas/app/errors.ts";
import type { Inbox, Ports } from "../../lambdas/app/ports.ts";
import type { Change } from "../../lambdas/app/store.ts";
import type { Caller } from "./scheduler.ts";

/** To a call: the caller dies, the call fails with its effect done or not, or it is answered late or with old news. */
export const callFaults = [
  "crash-before",
  "crash-after",
  "time-out",
  "throttle",
  "conflict",
  "conflict-with-effect",
  "refused-mail",
  "stale-journeys",
  "stale-index",
  "slow",
] as const;
/** To a delivery: it comes twice, at once or later, or late, or to a function whose clock is wrong. */
export const deliveryFaults = ["twin", "duplicate", "late", "skew"] as const;
/** To an execution: it is gone, behind the system's back. */
export const executionFaults = ["lost-execution"] as const;
export const faultKinds = [...callFaults, ...deliveryFaults, ...executionFaults];
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Strikes from this call (or delivery, or start of an execution) on, counted over everybody. */
  readonly from: number;
  /** In seconds, where it says how late, how slow, or how wrong. */
  readonly seconds: number;
}

/** The calls that leave something behind. */
const effects =
  /^(store\.(commit|erase)|journeys\.(freeze|publish)|executions\.\w+|mail\.send|bus\.publish|inbox\.again)$/;
const conditional = /^(store\.(commit|erase)|journeys\.freeze)$/;

/** Which calls a fault can befall. The SDK tries a write again by itself; only a single one then meets its own effect. */
const befalls: Record<(typeof callFaults)[number], (call: string, given: readonly unknown[]) => boolean> = {
  "crash-before": () => true,
  "crash-after": (call) => effects.test(call),
  "time-out": (call) => !isList(call),
  throttle: (call) => !isList(call),
  conflict: (call) => conditional.test(call),
  "conflict-with-effect": (call, [first]) =>
    conditional.test(call) && !(call === "store.commit" && isTransaction(first as readonly Change[])),
  "refused-mail": (call) => call === "mail.send",
  "stale-journeys": (call) => /^journeys\.(catalog|live)$/.test(call),
  "stale-index": isList,
  slow: () => true,
};

function isList(call: string): boolean {
  return call === "store.inside" || call === "store.overdue";
}

function isTransaction(changes: readonly Change[]): boolean {
  return changes.length > 1;
}

/** Nobody has answered in time. What was asked may have been done. */
export class TimeOutError extends Error {
  override name = "TimeoutError";
}

/** Hands out the faults of one schedule as their moments come. */
export class Faults {
  readonly struck: Partial<Record<FaultKind, number>> = {};
  private readonly left: Fault[];
  private readonly counted = { call: 0, delivery: 0, execution: 0 };

  constructor(faults: readonly Fault[]) {
    this.left = [...faults];
  }

  /** From now on nothing goes wrong any more. */
  stop(): void {
    this.left.length = 0;
  }

  toCall(call: string, given: readonly unknown[]): Fault | undefined {
    return this.take("call", (kind) => kind in befalls && befalls[kind as keyof typeof befalls](call, given));
  }

  toDelivery(): Fault | undefined {
    return this.take("delivery", (kind) => (deliveryFaults as readonly string[]).includes(kind));
  }

  toExecution(): Fault | undefined {
    return this.take("execution", (kind) => (executionFaults as readonly string[]).includes(kind));
  }

  private take(counter: keyof typeof this.counted, fits: (kind: FaultKind) => boolean): Fault | undefined {
    const count = this.counted[counter]++;
    if (this.left.length === 0) return undefined;
    const place = this.left.findIndex(({ kind, from }) => from <= count && fits(kind));
    if (place < 0) return undefined;
    const [fault] = this.left.splice(place, 1) as [Fault];
    this.struck[fault.kind] = (this.struck[fault.kind] ?? 0) + 1;
    return fault;
  }
}

/** What the real reads would say some time ago. */
export interface Past {
  /** Ports whose view of what is live is up to five seconds old. */
  readonly journeys: Ports["journeys"];
  /** Ports whose view of who is inside is up to a few seconds old. */
  readonly store: Pick<Ports["store"], "inside" | "overdue">;
}

type Call = () => unknown;

export type FaultPorts = Ports & { readonly inbox: Inbox };

/** The ports of one caller. Looking at its own clock is no call. */
export function faulty(ports: FaultPorts, past: Past, caller: Caller, faults: Faults): FaultPorts {
  const around = async (call: string, given: readonly unknown[], make: Call, makeThen: Call) => {
    await caller.turn();
    const fault = faults.toCall(call, given);
    switch (fault?.kind) {
      case undefined:
        return make();
      case "crash-before":
        return caller.die();
      case "crash-after":
        await make();
        return caller.die();
      case "time-out":
        if (effects.test(call)) await make();
        throw new TimeOutError(call);
      case "throttle":
        throw new ThrottledError(call);
      case "conflict-with-effect":
        await make();
        throw new ConflictError(`${call}, its own effect`);
      case "conflict":
        throw new ConflictError(call);
      case "refused-mail":
        return { sent: false, reason: "MessageRejected" };
      case "slow":
        await caller.turn(Math.min(fault.seconds, LONGEST_CALL));
        return make();
      default:
        return makeThen();
    }
  };
  const watch = <P extends object>(name: string, port: P, old: Partial<P> = {}): P =>
    new Proxy(port, {
      get(target, member) {
        const value: unknown = Reflect.get(target, member);
        if (typeof value !== "function") return value;
        const then: unknown = Reflect.get(old, member);
        return (...given: unknown[]) => {
          const call = `${name}.${String(member)}`;
          const make = () => Reflect.apply(value, target, given);
          const makeThen = () => (typeof then === "function" ? Reflect.apply(then, old, given) : make());
          const made = () => around(call, given, make, makeThen);
          return isList(call) ? list(made as () => Promise<AsyncIterable<unknown>>) : made();
        };
      },
    });
  return {
    ...ports,
    clock: caller,
    store: watch("store", ports.store, past.store),
    journeys: watch("journeys", ports.journeys, past.journeys),
    templates: watch("templates", ports.templates),
    executions: watch("executions", ports.executions),
    mail: watch("mail", ports.mail),
    bus: watch("bus", ports.bus),
    inbox: watch("inbox", ports.inbox),
  };
}

/** A function lives no longer than this. */
const LONGEST_CALL = 60;

async function* list(made: () => Promise<AsyncIterable<unknown>>) {
  yield* await made();
}

/** What a caller may throw when things go wrong; anything else is a mistake of ours. */
export function isExpected(error: Error): boolean {
  return error instanceof TimeOutError || error instanceof ThrottledError || error instanceof ConflictError;
}
