/**
 * An enrollment: one customer's passage through one journey. The stored item decides; the execution is only a timer.
 * Each change writes the whole item, on condition that its `revision` is still the one that was read. So an exit, a
 * status, a signal and a step may come in any order, and each of them sees what the earlier of them stored.
 */

import type { ComponentType } from "../journey/component.ts";
import type { Channel } from "../messages/channel.ts";
import type { StatusTimes } from "../messages/message-status.ts";
import type { ReasonCode } from "../reasons/reason.ts";
import type { Time } from "../time/time.ts";
import type { EnrollmentKey } from "./key.ts";
import type { Counting, WaitEnd } from "./wait-end.ts";

export type EnrollmentStatus = "active" | "completed" | "exited" | "failed";

/** An entry of the step log: one per component visited. */
export interface Step {
  readonly componentId: string;
  readonly type: ComponentType;
  readonly at: Time;
  /** `waiting` while the customer is there. */
  readonly outcome: string;
  readonly until?: Time;
  readonly leftAt?: Time;
  /** Of a `waitFor` that was met: the own time of the event, status or change that met it. */
  readonly metAt?: Time;
  readonly reason?: ReasonCode;
}

/** A message. A message exists from the moment of its claim. */
export interface Message {
  readonly messageId: string;
  readonly componentId: string;
  readonly template: string;
  readonly channel: Channel;
  /** A mark of the address that the message was sent to. */
  readonly address?: string;
  /** The keyed hash of its address, under which a report stores facts of the address. */
  readonly addressHash?: string;
  /** A marketing message is sent at most once; a transactional one is sent a second time if its outcome is unknown. */
  readonly class?: "marketing" | "transactional";
  /**
   * claimed: the message may have been sent. requested: it was published for an app to send, and the app has not reported
   * on it. unknown: the outcome stays unknown unless a late report proves that the message was sent.
   */
  readonly state: "claimed" | "requested" | "sent" | "skipped" | "failed" | "unknown";
  /** Why the message was skipped, or why it failed. */
  readonly reason?: string;
  readonly claimedAt: Time;
  readonly attempts: number;
  readonly statuses: StatusTimes;
}

/** The component where the customer is. */
export interface Position extends Counting {
  readonly componentId: string;
  /**
   * The customer does not visit the first component before this moment, because the journey starts at a time on each
   * customer's own clock.
   */
  readonly notBefore?: Time;
  /** How many components the customer visited before this one. Claims and ids name the visit by this number. */
  readonly visit: number;
  /**
   * Whether an event or status has come that is older than the event or status that ended an earlier wait. Then the
   * moment from which the next `waitFor` counts must be computed again.
   */
  readonly late?: true;
  readonly waiting?: {
    /** A timer ends at `until`; a signal ends when its activity comes, or at `until`. */
    readonly for: "timer" | "signal";
    readonly until: Time;
    /** Whether the customer waits for the message's turn in the queue for email, and keeps that turn. */
    readonly queued?: boolean;
    /** The branch that has been met. */
    readonly met?: string;
    readonly metBy?: WaitEnd;
    /**
     * The task token of the waiting execution. The token is a credential: it is never logged, and it is removed when
     * the wait ends.
     */
    readonly token?: string;
  };
  /** The message or event that this visit has claimed. */
  readonly claim?: string;
  /** When an event was claimed. A message stores the time of its own claim. */
  readonly claimedAt?: Time;
}

/** A person has moved the customer from an older version of the journey (`domain/migration`). */
export interface Migration extends Counting {
  readonly at: Time;
  /** The version before. */
  readonly from: number;
  /**
   * How many steps the customer had taken by then. Older versions decided these steps, so no rule of the new version
   * applies to them.
   */
  readonly steps: number;
}

export interface Enrollment extends EnrollmentKey {
  readonly enrollmentId: string;
  readonly customerId: string;
  readonly journeyId: string;
  /** The version that the customer entered with, or to which a person has moved the customer. */
  readonly journeyVersion: number;
  readonly status: EnrollmentStatus;
  /** Why the customer exited, or why the enrollment failed: a code of the system, an exit rule's id, or an error's name. */
  readonly reason?: string;
  readonly enteredAt: Time;
  readonly endedAt?: Time;
  /** The event that let the customer enter. Without `name`, the trigger was a change of the customer. */
  readonly trigger: {
    readonly eventId: string;
    readonly deliveryId: string;
    readonly name?: string;
    /** Whether an event with another name has the same id and was stored first. */
    readonly sharesId?: true;
    readonly time: Time;
    /** The id and name of the event that made the change. Enrollments of earlier releases have only the id. */
    readonly cause?: string;
    readonly causeName?: string;
    /** The audience run that let the customer in. */
    readonly run?: string;
    /** The customer's revision on entry: the rules see later revisions only. */
    readonly customerRevision: number;
  };
  readonly position: Position;
  readonly steps: readonly Step[];
  readonly messages: readonly Message[];
  /** When each goal was reached. */
  readonly goals: Readonly<Record<string, Time>>;
  /** The newest moves to other versions, in order of time. */
  readonly migrations?: readonly Migration[];
  readonly hops: number;
  /** When the next step is due. After that, the reconciler starts a new execution. */
  readonly dueAt?: Time;
  /**
   * The enrollment is being erased: this many parts of its counts are already counted as erased. The enrollment does
   * not change any more.
   */
  readonly erasedParts?: number;
  /** The customer would take a step, but the journey is held. `token`: wakes the execution. A credential, never logged. */
  readonly parked?: { readonly since: Time; readonly token?: string };
  /** Whether the journey is so short that all its counters of one shard are in one item. */
  readonly countedTogether?: true;
  /** The number of executions that were started for the enrollment. */
  readonly executions: number;
  /** How many of these executions only replaced an execution that had lasted for nearly a year. */
  readonly handOvers?: number;
  /**
   * `asked`: the old execution has ended. `started`: the new execution was started, and has not come to the wait yet.
   */
  readonly handOver?: "asked" | "started";
  /** When the present execution was started; absent: at the entry. */
  readonly executionSince?: Time;
  /** Whether the last of these executions has not been started yet, because a start failed or is under way. */
  readonly starting?: true;
  /**
   * Whether the enrollment has ended but its execution could not be stopped yet. The reconciler stops the execution.
   */
  readonly unstopped?: true;
  /**
   * Whether nothing counts for the ended enrollment any more (`closed.ts`). Such an enrollment is stored apart from
   * open enrollments.
   */
  readonly closed?: true;
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

/** How long after its due time the reconciler treats a step as lost. */
export const GRACE = "PT5M";
