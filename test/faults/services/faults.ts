/**
 * Faults between a caller and AWS, put around the caller's ports. A fault waits until a given number of calls and then
 * strikes the first call that it can strike. Every fault is one that the real service can have.
 */
import { ConflictError, ThrottledError } from "../../../lambdas/app/errors.ts";
import type { EventQueue, Inbox, Ports } from "../../../lambdas/app/ports.ts";
import type { Change } from "../../../lambdas/app/store.ts";
import { type Call, hasEffect, kindOf, methodOf, type PortName, watch } from "../../app/calls.ts";
import type { Buckets } from "./quotas.ts";
import type { Caller } from "./scheduler.ts";

/** Faults of a call: the caller dies, the call fails with or without its effect, or its answer is late or stale. */
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
/** Faults of a delivery: it comes twice at once, again later, or late, or the function's clock is wrong. */
export const deliveryFaults = ["twin", "duplicate", "late", "skew"] as const;
/** Faults of an execution: it ends without the system's knowledge. */
export const executionFaults = ["lost-execution"] as const;
export const faultKinds = [...callFaults, ...deliveryFaults, ...executionFaults];
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** The fault strikes from this call (or delivery, or start) on, counted over all callers. */
  readonly from: number;
  /** The length of a delay or of a clock error. Other kinds ignore it. */
  readonly seconds: number;
}

/**
 * The calls that a fault can strike. The SDK retries writes; only a single write can then conflict with its own effect.
 * `isOld`: the answer may be from some seconds ago.
 */
const befalls: Record<(typeof callFaults)[number], (call: Call, given: readonly unknown[], isOld: boolean) => boolean> =
  {
    "crash-before": () => true,
    "crash-after": hasEffect,
    "time-out": (call) => !isList(call),
    throttle: (call) => !isList(call),
    conflict: isConditional,
    "conflict-with-effect": (call, [first]) =>
      isConditional(call) && !(call === "store.commit" && isTransaction(first as readonly Change[])),
    "refused-mail": (call) => refusals[call] !== undefined,
    "stale-journeys": (call, _, isOld) => isOld && (call === "journeys.catalog" || call === "journeys.live"),
    "stale-index": isList,
    slow: () => true,
  };

/** Why a service refuses a message for good. */
const refusals: Readonly<Partial<Record<Call, string>>> = {
  "mail.send": "MessageRejected",
  "sms.send": "opted-out",
  "whatsapp.send": "ValidationException",
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

/** The call had no answer in time. Its effect may be done. */
export class TimeOutError extends Error {
  override name = "TimeoutError";
}

/** Nobody can read the notification. */
export class PoisonError extends Error {
  override name = "PoisonError";
}

/** Gives out the faults of one schedule when they are due. */
export class Faults {
  readonly struck: Partial<Record<FaultKind, number>> = {};
  /** Every call before the faults stopped, in order. */
  readonly calls: Call[] = [];
  /** The last call that a fault struck, and its place among all calls. */
  befallen: { readonly call: Call; readonly place: number } | undefined;
  private readonly left: Fault[];
  private over = false;
  private readonly counted = { call: 0, delivery: 0, execution: 0 };

  constructor(faults: readonly Fault[]) {
    this.left = [...faults];
  }

  /** No fault strikes from now on. */
  stop(): void {
    this.left.length = 0;
    this.over = true;
  }

  toCall(call: Call, given: readonly unknown[], isOld: boolean): Fault | undefined {
    const place = this.counted.call;
    if (!this.over) this.calls.push(call);
    const fault = this.take(
      "call",
      (kind) => kind in befalls && befalls[kind as keyof typeof befalls](call, given, isOld),
    );
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

/** Reads as they were some time ago. */
export interface Past {
  /** A port whose view of the live journeys is up to five seconds old; absent for a function that remembers none. */
  readonly journeys?: Ports["journeys"];
  /** A port whose index of active enrollments is up to a few seconds old. */
  readonly store: Pick<Ports["store"], "inside" | "overdue">;
}

type Make = () => unknown;

export type FaultPorts = Ports & { readonly inbox: Inbox; readonly events: EventQueue };

/** The ports of one caller. Reading its clock is not a call. */
export function faulty(
  ports: FaultPorts,
  past: Past,
  caller: Caller,
  { faults, buckets }: { readonly faults: Faults; readonly buckets: Buckets },
): FaultPorts {
  const around = async (call: Call, given: readonly unknown[], make: Make, makeThen: Make | undefined) => {
    await caller.turn();
    const fault = faults.toCall(call, given, makeThen !== undefined);
    if (fault?.kind !== "crash-before") buckets.take(call);
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
        return { sent: false, reason: refusals[call] };
      case "slow":
        await caller.turn(Math.min(fault.seconds, LONGEST_CALL));
        return make();
      default:
        return (makeThen ?? make)();
    }
  };
  const disturbed = <P extends object>(name: PortName, port: P, old: Partial<P> = {}): P =>
    watch(name, port, (call, make, given) => {
      const then: unknown = Reflect.get(old, methodOf(call));
      const makeThen = typeof then === "function" ? () => Reflect.apply(then, old, given) : undefined;
      const made = () => around(call, given, make, makeThen);
      return isList(call) ? list(made as () => Promise<AsyncIterable<unknown>>) : made();
    });
  return {
    ...ports,
    clock: caller,
    store: disturbed("store", ports.store, past.store),
    journeys: disturbed("journeys", ports.journeys, past.journeys),
    publishing: disturbed("publishing", ports.publishing),
    templates: disturbed("templates", ports.templates),
    executions: disturbed("executions", ports.executions),
    mail: disturbed("mail", ports.mail),
    sms: ports.sms && disturbed("sms", ports.sms),
    whatsapp: ports.whatsapp && disturbed("whatsapp", ports.whatsapp),
    sentIds: ports.sentIds && disturbed("sentIds", ports.sentIds),
    events: disturbed("events", ports.events),
    bus: disturbed("bus", ports.bus),
    breakers: disturbed("breakers", ports.breakers),
    runs: disturbed("runs", ports.runs),
    entries: disturbed("entries", ports.entries),
    profiles: disturbed("profiles", ports.profiles),
    inbox: disturbed("inbox", ports.inbox),
  };
}

/** The time-out of a function in seconds. */
const LONGEST_CALL = 60;

async function* list(made: () => Promise<AsyncIterable<unknown>>) {
  yield* await made();
}

/** The errors that a fault or an unreadable notification can cause. Any other error is a mistake in the system. */
export function isExpected(error: Error): boolean {
  const expected = [TimeOutError, ThrottledError, ConflictError, PoisonError].some((kind) => error instanceof kind);
  // A throttle after a message was sent is thrown as the cause of another error.
  return expected || (error.cause instanceof Error && isExpected(error.cause));
}
