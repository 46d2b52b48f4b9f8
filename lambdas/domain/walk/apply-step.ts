/** Turns a decision into the enrollment's next position and step log. Pure: the app layer stores the result. */

import { ended } from "../enrollment/ending.ts";
import { type Enrollment, GRACE, type Message, type Position, type Step } from "../enrollment/enrollment.ts";
import { MOST_VISITS } from "../enrollment/steps.ts";
import { afterWait, type Counting, type WaitEnd } from "../enrollment/wait-end.ts";
import type { ComponentType } from "../journey/component.ts";
import { waiting as waits } from "../journey/outlets.ts";
import { plus, type Time } from "../time/time.ts";
import type { Advanced } from "./outcome.ts";

/** A wait of this length ends an automatic chain of journeys: the count of hops starts again. */
const ENDS_CHAIN = "PT1M";

/** The enrollment after its customer began to wait at the component, or left it. */
export function applyStep(enrollment: Enrollment, type: ComponentType, advanced: Advanced, now: Time): Enrollment {
  const { position } = enrollment;
  const { outcome, reason, next, endedBy } = advanced;
  const last = enrollment.steps.at(-1);
  const open = last?.outcome === "waiting" ? last : undefined;
  const step: Step = {
    componentId: position.componentId,
    type,
    at: open?.at ?? now,
    outcome,
    ...(next.kind === "wait"
      ? { until: next.until }
      : { leftAt: now, ...(open?.until !== undefined && { until: open.until }) }),
    ...(type === "waitFor" && endedBy && { metAt: endedBy.time }),
    ...(reason !== undefined && { reason }),
  };
  const steps = [...(open ? enrollment.steps.slice(0, -1) : enrollment.steps), step];
  const { claim: _, claimedAt: __, waiting: ___, ...here } = position;
  const hops = open !== undefined && plus(open.at, ENDS_CHAIN) <= now ? 0 : enrollment.hops;
  const walked: Enrollment = { ...enrollment, steps, position: here, hops };
  switch (next.kind) {
    case "wait":
      return {
        ...walked,
        position: { ...here, waiting: sameWait(position, next) ?? { for: next.for, until: next.until } },
        dueAt: plus(next.until, GRACE),
      };
    case "component":
      if (position.visit + 1 + 2 * enrollment.messages.length >= MOST_VISITS)
        return ended(walked, { status: "failed", reason: "endless-loop" }, now);
      return {
        ...walked,
        position: {
          componentId: next.componentId,
          visit: position.visit + 1,
          ...countingAfter(position, type, endedBy),
          ...(position.late && { late: position.late }),
        },
        dueAt: dueWhileWalking(enrollment.dueAt, now),
      };
    case "completed":
      return ended(walked, { status: "completed" }, now);
    case "exited":
      return ended(walked, { status: "exited", reason: next.reason }, now);
    case "failed":
      return ended(walked, { status: "failed", reason: next.reason }, now);
  }
}

/**
 * The moment from which the next `waitFor` counts events. A component that lets the customer pass without a wait
 * changes nothing. A message that waits for its turn or for the end of quiet hours is not a wait of the journey.
 */
function countingAfter({ since, consumed, waiting }: Position, type: ComponentType, endedBy?: WaitEnd): Counting {
  const counting = { since, ...(consumed && { consumed }) };
  const end = endedBy ?? (waiting && waits.has(type) ? { time: waiting.until } : undefined);
  return end ? afterWait(counting, end) : counting;
}

/** The wait that the customer is in, if it ends at the same time; otherwise `undefined`. */
export function sameWait({ waiting }: Position, { until }: { readonly until: Time }): Position["waiting"] {
  return waiting?.until === until ? waiting : undefined;
}

/** For this long the reconciler leaves a walking customer alone. No call takes longer. */
const UNDISTURBED = "PT2M";

/**
 * When the reconciler may check a walking customer. The stored time is kept while it is still far enough in the future.
 * A change of this time costs two more writes, because the index that the reconciler reads is ordered by it.
 */
export function dueWhileWalking(dueAt: Time | undefined, now: Time): Time {
  const latest = plus(now, GRACE);
  return dueAt !== undefined && dueAt >= plus(now, UNDISTURBED) && dueAt <= latest ? dueAt : latest;
}

/** The enrollment with a message added, or with the message in place of its older version. */
export function withMessage(enrollment: Enrollment, message: Message): Enrollment {
  const known = enrollment.messages.some(({ messageId }) => messageId === message.messageId);
  const messages = known
    ? enrollment.messages.map((old) => (old.messageId === message.messageId ? message : old))
    : [...enrollment.messages, message];
  return { ...enrollment, messages };
}
