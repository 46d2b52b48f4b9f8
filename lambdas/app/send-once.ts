/**
 * A message is claimed, sent, recorded: in this order, so that no retry sends it twice. The claim is stored only while
 * the enrollment is active and the customer is as they were when it was decided that they may be sent to.
 *
 * When the caller dies between sending and recording, nobody knows whether the message left. It is then given 15
 * minutes for the mail service's own report to come in. After that marketing goes on without it, and transactional
 * mail, which a customer would rather get twice than not at all, is sent once more. A channel where a repetition does
 * no harm need not wait.
 */

import { addressMark, type Customer } from "../domain/customer.ts";
import type { Enrollment, Message } from "../domain/enrollment.ts";
import { dueSoon, moved, withMessage } from "../domain/move.ts";
import type { OutgoingMessage } from "../domain/outcome.ts";
import { type Sends, withoutSend, withSend } from "../domain/sends.ts";
import { plus, type Time } from "../domain/time.ts";
import { changeEnrollment, decideOn } from "./change-enrollment.ts";
import { channels } from "./channels.ts";
import { ThrottledError } from "./errors.ts";
import type { Ports, SendResult } from "./ports.ts";
import { decideAgain } from "./retry.ts";
import type { EnrollmentRef } from "./store.ts";

const WAIT_FOR_REPORT = "PT15M";
const MOST_ATTEMPTS = 2;

/** Unique over all enrollments; a name that SES tags and other channels can carry. */
export function messageIdOf({ enrollmentId, position }: Pick<Enrollment, "enrollmentId" | "position">): string {
  return `${enrollmentId}-${position.visit}`;
}

/** Where the customer goes from here is the component's `next`, whatever became of the message. */
type Onward = (enrollment: Enrollment, now: Time, reason?: string) => Enrollment;

export const onward =
  (next: string | undefined): Onward =>
  (enrollment, now, reason) =>
    moved(
      enrollment,
      "sendTemplate",
      {
        outcome: "done",
        next: next === undefined ? { kind: "completed" } : { kind: "component", componentId: next },
        ...(reason !== undefined && { reason }),
      },
      now,
    );

/** What it was decided on that the message is sent: the claim fails when any of it has changed since. */
export interface DecidedOn {
  /** The enrollment as stored, and as it is by now. */
  readonly stored: Enrollment;
  readonly enrollment: Enrollment;
  readonly customer: Customer;
  readonly sent: Sends;
}

/**
 * The enrollment as it is stored afterwards.
 * @throws ConflictError when the claim came too late: decide again. ThrottledError when nothing was sent.
 */
export async function sendOnce(
  { stored, enrollment, customer, sent }: DecidedOn,
  outgoing: OutgoingMessage,
  go: Onward,
  ports: Pick<Ports, "clock" | "store" | "mail" | "bus">,
): Promise<Enrollment | undefined> {
  const { clock } = ports;
  const carrier = channels[outgoing.channel];
  const messageId = messageIdOf(enrollment);
  const claimedAt = clock.now();
  const before = enrollment.messages.find((message) => message.messageId === messageId);
  const message: Message = {
    messageId,
    componentId: enrollment.position.componentId,
    template: outgoing.template,
    channel: outgoing.channel,
    class: outgoing.class,
    ...(outgoing.to !== undefined && { address: addressMark(outgoing.to) }),
    state: "claimed",
    claimedAt,
    attempts: (before?.attempts ?? 0) + 1,
    statuses: before?.statuses ?? {},
  };
  const position = { ...enrollment.position, claim: messageId };
  const claimed = withMessage({ ...enrollment, position, dueAt: dueSoon(enrollment.dueAt, claimedAt) }, message);
  const send = { messageId, class: outgoing.class, at: claimedAt };
  const written = await changeEnrollment(ports, stored, claimed, [
    { kind: "unchanged", customer },
    { kind: "sends", sends: withSend(sent, send) },
  ]);

  let result: SendResult;
  try {
    const { customerId, enrollmentId, journeyId } = enrollment;
    const claim = { customerId, enrollmentId, journeyId, componentId: message.componentId, messageId };
    result = await carrier.hand(outgoing, claim, ports);
  } catch (error) {
    if (error instanceof ThrottledError) await withdraw(enrollment, messageId, ports, released(messageId));
    throw error;
  }
  const settle = (stored: Enrollment) => {
    const now = clock.now();
    const known = stored.messages.find((message) => message.messageId === messageId) ?? message;
    const settled: Message = result.sent
      ? taken(known, carrier.taken, now)
      : { ...known, state: "failed", reason: result.reason, statuses: { ...known.statuses, failed: now } };
    return leaveClaim(withMessage(stored, settled), messageId, go, now);
  };
  return result.sent ? decideOn(enrollment, ports, settle, written) : withdraw(enrollment, messageId, ports, settle);
}

/** Changes the enrollment, and counts the message no longer: it was certainly not sent. */
function withdraw(
  ref: EnrollmentRef,
  messageId: string,
  ports: Pick<Ports, "store">,
  decide: (enrollment: Enrollment) => Enrollment,
): Promise<Enrollment | undefined> {
  return decideAgain(async () => {
    const before = await ports.store.enrollment(ref);
    if (!before) return undefined;
    const known = await ports.store.sends(ref.customerId);
    const sends = withoutSend(known, messageId);
    return changeEnrollment(ports, before, decide(before), sends === known ? [] : [{ kind: "sends", sends }]);
  });
}

/** A report that has come already may know more. */
function taken(known: Message, state: "sent" | "requested", now: Time): Message {
  return state === "sent"
    ? { ...known, state, statuses: { sent: now, ...known.statuses } }
    : { ...known, state: known.state === "claimed" ? state : known.state };
}

/** What to do about a claim that an earlier call left behind: a moment to wait for, or `settled`. */
export async function resumeSend(
  enrollment: Enrollment,
  go: Onward,
  ports: Pick<Ports, "clock" | "store">,
): Promise<{ until: Time } | "settled"> {
  const { clock } = ports;
  const messageId = messageIdOf(enrollment);
  const message = enrollment.messages.find((message) => message.messageId === messageId);
  const until = plus(message?.claimedAt ?? enrollment.enteredAt, WAIT_FOR_REPORT);
  const repeatable = message?.channel === "event" && channels.event.repeatable;
  if (message?.state === "claimed" && !repeatable && clock.now() < until) {
    const patient = (stored: Enrollment) => ((stored.dueAt ?? until) < until ? { ...stored, dueAt: until } : stored);
    await decideOn(enrollment, ports, patient, enrollment);
    return { until };
  }
  await decideOn(enrollment, ports, (stored) => {
    const now = clock.now();
    const known = stored.messages.find((message) => message.messageId === messageId);
    if (known?.state !== "claimed") return leaveClaim(stored, messageId, go, now);
    if (repeatable || (known.class === "transactional" && known.attempts < MOST_ATTEMPTS)) return withoutClaim(stored);
    return leaveClaim(withMessage(stored, { ...known, state: "unknown" }), messageId, go, now, "send-unknown");
  });
  return "settled";
}

function leaveClaim(stored: Enrollment, messageId: string, go: Onward, now: Time, reason?: string): Enrollment {
  return stored.status === "active" && stored.position.claim === messageId ? go(stored, now, reason) : stored;
}

/** As if it had never been claimed. */
const released = (messageId: string) => (stored: Enrollment) => {
  const messages = stored.messages.filter((message) => message.messageId !== messageId);
  return { ...(stored.position.claim === messageId ? withoutClaim(stored) : stored), messages };
};

function withoutClaim(stored: Enrollment): Enrollment {
  const { claim: _, ...position } = stored.position;
  return { ...stored, position };
}
