/**
 * The daily quota of SES, or the monthly spending limit of text messages, is used up. The customer waits natively, and the
 * journey tries again after an hour. Retries of the execution would call the service more than a thousand times a day for
 * each customer.
 */
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { plus } from "../../domain/time/time.ts";
import { applyStep } from "../../domain/walk/apply-step.ts";
import type { Instruction } from "../instruction.ts";
import type { Ports } from "../ports.ts";
import { updateEnrollment } from "../update-enrollment.ts";

const LOOK_AGAIN = "PT1H";

/**
 * Used for an enrollment whose claim was released. Another call may have changed the enrollment since; then the walk
 * goes on from the changed enrollment.
 */
export async function waitForQuota(
  enrollment: Enrollment,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Instruction> {
  const now = ports.clock.now();
  const until = plus(now, LOOK_AGAIN);
  const next = { kind: "wait", for: "timer", until } as const;
  const stored = await updateEnrollment(enrollment, ports, (stored) =>
    stored.status === "active" && stored.position.visit === enrollment.position.visit && !stored.position.claim
      ? applyStep(stored, "sendTemplate", { outcome: "waiting", reason: "daily-quota", next }, now)
      : stored,
  );
  if (stored?.status !== "active") return { next: "done" };
  return stored.position.waiting?.until === until ? { next: "wait", until } : { next: "continue" };
}
