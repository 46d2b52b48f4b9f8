/** What walking does to an enrollment: the next position and the step log. Pure; storing it is the app layer's. */

import {
  type Enrollment,
  ended,
  GRACE,
  type Message,
  MOST_VISITS,
  type Position,
  type Step,
} from "../enrollment/enrollment.ts";
import type { ComponentType } from "../journey/component.ts";
import { plus, type Time } from "../time/time.ts";
import type { Advanced } from "./outcome.ts";

/** Who rested for so long is not part of an automatic chain any more. */
const A_WHILE = "PT1M";

/** The enrollment after its customer came to rest at the component, or left it. */
export function applyStep(enrollment: Enrollment, type: ComponentType, advanced: Advanced, now: Time): Enrollment {
  const { position } = enrollment;
  const { outcome, reason, next } = advanced;
  const last = enrollment.steps.at(-1);
  const open = last?.outcome === "waiting" ? last : undefined;
  const rested = open !== undefined;
  const step: Step = {
    componentId: position.componentId,
    type,
    at: open?.at ?? now,
    outcome,
    ...(next.kind === "wait"
      ? { until: next.until }
      : { leftAt: now, ...(open?.until !== undefined && { until: open.until }) }),
    ...(reason !== undefined && { reason }),
  };
  const steps = [...(open ? enrollment.steps.slice(0, -1) : enrollment.steps), step];
  const { claim: _, waiting: __, ...here } = position;
  const hops = open !== undefined && plus(open.at, A_WHILE) <= now ? 0 : enrollment.hops;
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
        position: { componentId: next.componentId, visit: position.visit + 1, since: rested ? now : position.since },
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

/** What the customer waits for already; `undefined` when it is nothing, or another moment. */
export function sameWait({ waiting }: Position, { until }: { readonly until: Time }): Position["waiting"] {
  return waiting?.until === until ? waiting : undefined;
}

/** So long at least the reconciler leaves alone who is walking: longer than a call may take. */
const UNDISTURBED = "PT2M";

/**
 * When the reconciler may look at somebody who is walking. What stands already is kept as long as it will do: each
 * change of it is written once more for the index that the reconciler reads, and once for the place it had there.
 */
export function dueWhileWalking(dueAt: Time | undefined, now: Time): Time {
  const latest = plus(now, GRACE);
  return dueAt !== undefined && dueAt >= plus(now, UNDISTURBED) && dueAt <= latest ? dueAt : latest;
}

/** With a message added, or put in the place of what was known of it. */
export function withMessage(enrollment: Enrollment, message: Message): Enrollment {
  const known = enrollment.messages.some(({ messageId }) => messageId === message.messageId);
  const messages = known
    ? enrollment.messages.map((old) => (old.messageId === message.messageId ? message : old))
    : [...enrollment.messages, message];
  return { ...enrollment, messages };
}
