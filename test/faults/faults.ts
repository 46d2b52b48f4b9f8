/**
 * What can go wrong between a caller and AWS, put around its ports. A fault waits for its moment and then befalls the
 * first call to which it can happen: nothing is faked that the real service cannot do.
 */
import { ConflictError, ThrottledError } from "../../lambdas/app/errors.ts";
import type { Inbox, Ports } from "../../lambdas/app/ports.ts";
import type { Change } from "../../lambdas/app/store.ts";
import { type Call, hasEffect, kindOf, methodOf, type PortName, watch } from "../app/calls.ts";
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

/** Which calls a fault can befall. The SDK tries a write again by itself; only a single one then meets its own effect. */
const befalls: Record<(typeof callFaults)[number], (call: Call, given: readonly unknown[]) => boolean> = {
  "crash-before": () => true,
  "crash-after": hasEffect,
  "time-out": (call) => !isList(call),
  throttle: (call) => !isList(call),
  conflict: isConditional,
  "conflict-with-effect": (call, [first]) =>
    isConditional(call) && !(call === "store.commit" && isTransaction(first as readonly Change[])),
  "refused-mail": (call) => call === "mail.send",
  "stale-journeys": (call) => call === "journeys.catalog" || call === "journeys.live",
  "stale-index": isList,
  slow: () => true,
};

function isList(call: Call): boolean {
  return kindOf(call) === "list";
}

/** A write that fails when another writer was faster. */
function isConditional(call: Call): boolean {
  return kindOf(call) === "write";
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
  /** Every call of the time in which things go wrong, in order. */
  readonly calls: Call[] = [];
  /** The last call that a fault befell: which one it was, and its place among all calls. */
  befallen: { readonly call: Call; readonly place: number } | undefined;
  private readonly left: Fault[];
  private over = false;
  private readonly counted = { call: 0, delivery: 0, execution: 0 };

  constructor(faults: readonly Fault[]) {
    this.left = [...faults];
  }

  /** From now on nothing goes wrong any more. */
  stop(): void {
    this.left.length = 0;
    this.over = true;
  }

  toCall(call: Call, given: readonly unknown[]): Fault | undefined {
    const place = this.counted.call;
    if (!this.over) this.calls.push(call);
    const fault = this.take("call", (kind) => kind in befalls && befalls[kind as keyof typeof befalls](call, given));
    if (fault) this.befallen = { call, place };
    return fault;
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

type Make = () => unknown;

export type FaultPorts = Ports & { readonly inbox: Inbox };

/** The ports of one caller. Looking at its own clock is no call. */
export function faulty(ports: FaultPorts, past: Past, caller: Caller, faults: Faults): FaultPorts {
  const around = async (call: Call, given: readonly unknown[], make: Make, makeThen: Make) => {
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
        if (hasEffect(call)) await make();
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
  const disturbed = <P extends object>(name: PortName, port: P, old: Partial<P> = {}): P =>
    watch(name, port, (call, make, given) => {
      const then: unknown = Reflect.get(old, methodOf(call));
      const makeThen = () => (typeof then === "function" ? Reflect.apply(then, old, given) : make());
      const made = () => around(call, given, make, makeThen);
      return isList(call) ? list(made as () => Promise<AsyncIterable<unknown>>) : made();
    });
  return {
    ...ports,
    clock: caller,
    store: disturbed("store", ports.store, past.store),
    journeys: disturbed("journeys", ports.journeys, past.journeys),
    templates: disturbed("templates", ports.templates),
    executions: disturbed("executions", ports.executions),
    mail: disturbed("mail", ports.mail),
    bus: disturbed("bus", ports.bus),
    breakers: disturbed("breakers", ports.breakers),
    inbox: disturbed("inbox", ports.inbox),
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
