/**
 * An email waits for its turn, natively, so that a burst does not run into the mail service's rate. The turn is kept
 * with the enrollment: whoever comes again has it still, and whoever dies before that leaves it unused, which harms
 * nobody.
 */
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { applyStep } from "../../domain/walk/apply-step.ts";
import type { Instruction } from "../instruction.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment } from "../update-enrollment.ts";

/** `undefined`: it is its turn. */
export async function queueMail(
  { stored, enrollment }: { readonly stored: Enrollment; readonly enrollment: Enrollment },
  ports: Pick<Ports, "clock" | "store" | "sendRate">,
): Promise<Instruction | undefined> {
  const { waiting } = enrollment.position;
  const until = waiting?.queued ? waiting.until : await ports.sendRate?.turn();
  // Read after the turn: a turn that was free when it was taken needs no wait.
  const now = ports.clock.now();
  if (until === undefined || until <= now) return undefined;
  if (!waiting?.queued) {
    const next = { kind: "wait", for: "timer", until } as const;
    const resting = applyStep(enrollment, "sendTemplate", { outcome: "waiting", reason: "send-rate", next }, now);
    const position = { ...resting.position, waiting: { for: "timer", until, queued: true } as const };
    await storeEnrollment(ports, stored, { ...resting, position });
  }
  return { next: "wait", until };
}
