/**
 * An email waits for its turn, natively, so that a burst does not run into the mail service's rate. The turn is kept
 * with the enrollment: whoever comes again has it still, and whoever dies before that leaves it unused, which harms
 * nobody.
 */
import type { Enrollment } from "../domain/enrollment.ts";
import { moved } from "../domain/move.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Instruction } from "./instruction.ts";
import type { Ports } from "./ports.ts";

/** `undefined`: it is its turn. */
export async function queueMail(
  { stored, enrollment }: { readonly stored: Enrollment; readonly enrollment: Enrollment },
  ports: Pick<Ports, "clock" | "store" | "pace">,
): Promise<Instruction | undefined> {
  const { waiting } = enrollment.position;
  const until = waiting?.queued ? waiting.until : await ports.pace?.turn();
  // Read after the turn: a turn that was free when it was taken needs no wait.
  const now = ports.clock.now();
  if (until === undefined || until <= now) return undefined;
  if (!waiting?.queued) {
    const next = { kind: "wait", for: "timer", until } as const;
    const resting = moved(enrollment, "sendTemplate", { outcome: "waiting", reason: "send-rate", next }, now);
    const position = { ...resting.position, waiting: { for: "timer", until, queued: true } as const };
    await changeEnrollment(ports, stored, { ...resting, position });
  }
  return { next: "wait", until };
}
