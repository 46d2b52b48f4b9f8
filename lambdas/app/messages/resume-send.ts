/**
 * Settles a claim that an earlier call left behind. That call may or may not have sent the message, so the customer
 * waits up to 15 minutes for a report. See `send-once.ts`.
 */

import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { messageIdOf } from "../../domain/enrollment/message-id.ts";
import { traitsOf } from "../../domain/messages/channel-traits.ts";
import { plus, type Time } from "../../domain/time/time.ts";
import { withMessage } from "../../domain/walk/apply-step.ts";
import type { Ports } from "../ports.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { leaveClaim, type Onward, withoutClaim } from "./send-once.ts";

const WAIT_FOR_REPORT = "PT15M";
const MOST_ATTEMPTS = 2;

export type Resumed = { readonly kind: "settled" } | { readonly kind: "waits"; readonly until: Time };

export async function resumeSend(
  enrollment: Enrollment,
  go: Onward,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Resumed> {
  const { clock } = ports;
  const messageId = messageIdOf(enrollment);
  const message = enrollment.messages.find((message) => message.messageId === messageId);
  const until = plus(message?.claimedAt ?? enrollment.enteredAt, WAIT_FOR_REPORT);
  const { idempotent, repeatable } = message ? traitsOf(message.channel) : { idempotent: false, repeatable: false };
  if (message?.state === "claimed" && !idempotent && clock.now() < until) {
    const patient = (stored: Enrollment) => ((stored.dueAt ?? until) < until ? { ...stored, dueAt: until } : stored);
    await updateEnrollment(enrollment, ports, patient, enrollment);
    return { kind: "waits", until };
  }
  await updateEnrollment(enrollment, ports, (stored) => {
    const now = clock.now();
    const known = stored.messages.find((message) => message.messageId === messageId);
    if (known?.state !== "claimed") return leaveClaim(stored, messageId, go, now);
    if (idempotent || (repeatable && known.class === "transactional" && known.attempts < MOST_ATTEMPTS))
      return withoutClaim(stored);
    return leaveClaim(withMessage(stored, { ...known, state: "unknown" }), messageId, go, now, "send-unknown");
  });
  return { kind: "settled" };
}
