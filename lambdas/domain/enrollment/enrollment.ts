/**
 * An enrollment: one customer's passage through one journey. This item is the only truth about it; the execution
 * that walks it is a timer. Every change is a whole new value, stored only if nobody changed it in between
 * (`revision`), so that exit, status, signal and step can meet in any order and each sees the other.
 */

import type { ComponentType } from "../journey/component.ts";
import type { Channel } from "../messages/channel.ts";
import type { StatusTimes } from "../messages/message-status.ts";
import { type Ending, type ReasonCode, reasonOf } from "../reasons/reason.ts";
import type { Time } from "../time/time.ts";
import type { Json } from "../values/json.ts";

export type EnrollmentStatus = "active" | "completed" | "exited" | "failed";

/** The step log: one entry per component visited. */
export interface Step {
  readonly componentId: string;
  readonly type: ComponentType;
  readonly at: Time;
  /** `waiting` while the customer is there. */
  readonly outcome: string;
  readonly until?: Time;
  readonly leftAt?: Time;
  readonly reason?: ReasonCode;
}

/** A message, from the claim on. */
export interface Message {
  readonly messageId: string;
  readonly componentId: string;
  readonly template: string;
  readonly channel: Channel;
  /** A mark of the address that it went to. */
  readonly address?: string;
  /** marketing is sent at most once; transactional once more when nobody knows whether it left. */
  readonly class?: "marketing" | "transactional";
  /**
   * claimed: may or may not have left. requested: published for an app to send, which has not said yet that it did.
   * unknown: given up on; an event that proves it was sent still may come.
   */
  readonly state: "claimed" | "requested" | "sent" | "skipped" | "failed" | "unknown";
  /** Why it was skipped or failed. */
  readonly reason?: string;
  readonly claimedAt: Time;
  readonly attempts: number;
  readonly statuses: StatusTimes;
}

/** Where the customer stands. */
export interface Position {
  readonly componentId: string;
  /** How many components were visited before this one: names the visit, in claims and in ids. */
  readonly visit: number;
  /** Since when the customer has been walking without waiting: what a `waitFor` reached now can still have missed. */
  readonly since: Time;
  readonly waiting?: {
    /** A timer ends by time alone, a signal also by what happens. */
    readonly for: "timer" | "signal";
    readonly until: Time;
    /** Until the message's turn in the queue for email: it need not queue again. */
    readonly queued?: boolean;
    /** The branch that a change of the customer has met. */
    readonly met?: string;
    /** The task token of the execution that waits. A credential: never logged, gone when resolved. */
    readonly token?: string;
  };
  /** The message whose send was claimed on this visit. */
  readonly claim?: string;
}

export interface Enrollment {
  readonly enrollmentId: string;
  readonly customerId: string;
  readonly journeyId: string;
  readonly journeyVersion: number;
  readonly key?: Json;
  readonly status: EnrollmentStatus;
  /** Why it was exited or failed: a code of the system, an exit rule's id, or the name of an error. */
  readonly reason?: string;
  readonly enteredAt: Time;
  readonly endedAt?: Time;
  /** What let the customer enter. Without `name`: a change of the customer. */
  readonly trigger: {
    readonly eventId: string;
    readonly deliveryId: string;
    readonly name?: string;
    readonly time: Time;
    /** Of a change: the event that brought it. */
    readonly cause?: string;
    /** The customer as looked at on entry: later revisions are news. */
    readonly customerRevision: number;
  };
  readonly position: Position;
  readonly steps: readonly Step[];
  readonly messages: readonly Message[];
  /** When each goal was reached. */
  readonly goals: Readonly<Record<string, Time>>;
  readonly hops: number;
  /** When the next thing should have happened: past that, the reconciler looks. */
  readonly dueAt?: Time;
  /** Whether its journey is short enough that all that is counted of it is kept in one item. */
  readonly countedTogether?: true;
  /** The number of executions that were started for the enrollment. */
  readonly executions: number;
  /** Whether the last of these executions has not been started yet, because a start failed or is under way. */
  readonly starting?: true;
  /** Of an ended enrollment: its execution could not be stopped yet. The reconciler stops it. */
  readonly unstopped?: true;
  readonly revision: number;
}

/** The newest message of a component. */
export function messageOf(enrollment: Enrollment, componentId: string): Message | undefined {
  return enrollment.messages.findLast((message) => message.componentId === componentId);
}

/** The statuses of the newest message of each component, for conditions. */
export function messageStatuses(enrollment: Enrollment): Record<string, StatusTimes> {
  return Object.fromEntries(enrollment.messages.map(({ componentId, statuses }) => [componentId, statuses]));
}

/** Ends an enrollment. Ended is ended: whatever comes later leaves it as it is. */
export function ended(enrollment: Enrollment, ending: Ending, now: Time): Enrollment {
  if (enrollment.status !== "active") return enrollment;
  const { status } = ending;
  const reason = reasonOf(ending);
  const { dueAt: _, ...rest } = enrollment;
  const { waiting: __, ...position } = enrollment.position;
  const steps = enrollment.steps.map((step) =>
    step.outcome === "waiting" ? { ...step, outcome: status, leftAt: now } : step,
  );
  return { ...rest, position, steps, status, endedAt: now, ...(reason !== undefined && { reason }) };
}

/** An ended enrollment whose execution the reconciler must still stop. The index needs a time. */
export function unstopped(enrollment: Enrollment, now: Time): Enrollment {
  return enrollment.status === "active" ? enrollment : { ...enrollment, unstopped: true, dueAt: now };
}

/** An ended enrollment whose execution has been stopped. */
export function stopped({ unstopped: _, dueAt, ...enrollment }: Enrollment): Enrollment {
  return { ...enrollment, ...(enrollment.status === "active" && dueAt !== undefined && { dueAt }) };
}

/** Entry rules count per customer, journey and key. */
export interface Entry {
  readonly customerId: string;
  readonly journeyId: string;
  readonly key?: Json;
  readonly count: number;
  readonly lastEnteredAt: Time;
  /** Entries to which no customer's doing led, within a day of the first of them. */
  readonly automatic?: { readonly count: number; readonly since: Time };
  readonly revision: number;
}

/** Since when the customer rests where they are; `undefined` when they do not. */
export function waitingSince({ steps }: Pick<Enrollment, "steps">): Time | undefined {
  const last = steps.at(-1);
  return last?.outcome === "waiting" ? last.at : undefined;
}

/**
 * So many components one enrollment may visit, one that sends counting as three: a loop that went on longer would
 * outgrow its execution, or its item. A step takes up to 290 bytes there, a message up to 590, of 400 KB.
 */
export const MOST_VISITS = 1000;

/** Whether a component was left before without any rest since: once more, and nothing would ever end the loop. */
export function hasLoopedWithoutWait({ steps }: Pick<Enrollment, "steps">, componentId: string): boolean {
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index] as Step;
    if (step.until !== undefined && step.outcome !== "waiting") return false;
    if (step.componentId === componentId && step.outcome !== "waiting") return true;
  }
  return false;
}

/** How long after a step was due the reconciler may take it for lost. */
export const GRACE = "PT5M";
