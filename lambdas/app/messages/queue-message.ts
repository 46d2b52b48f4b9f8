/**
 * A message waits natively for its turn, so that a burst does not exceed the rate of its service. The enrollment stores its turn,
 * so a retry keeps it. A call that crashes before it stores the turn leaves the turn unused, which does no harm.
 */
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { PacedChannel } from "../../domain/messages/channel-traits.ts";
import { applyStep } from "../../domain/walk/apply-step.ts";
import type { Instruction } from "../instruction.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment } from "../update-enrollment.ts";

/** `undefined` when the message may go out now. */
export async function queueMessage(
  channel: PacedChannel,
  { stored, enrollment }: { readonly stored: Enrollment; readonly enrollment: Enrollment },
  ports: Pick<Ports, "clock" | "store" | "sendRate">,
): Promise<Instruction | undefined> {
  const { waiting } = enrollment.position;
  const until = waiting?.queued ? waiting.until : await ports.sendRate?.turn(channel);
  // The clock is read after the turn, so that a turn that was free when it was taken needs no wait.
  const now = ports.clock.now();
  if (until === undefined || until <= now) return undefined;
  if (!waiting?.queued) {
    const next = { kind: "wait", for: "timer", until } as const;
    const queued = applyStep(enrollment, "sendTemplate", { outcome: "waiting", reason: "send-rate", next }, now);
    const position = { ...queued.position, waiting: { for: "timer", until, queued: true } as const };
    await storeEnrollment(ports, stored, { ...queued, position });
  }
  return { next: "wait", until };
}
