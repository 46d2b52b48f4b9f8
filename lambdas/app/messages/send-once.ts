/**
 * Claims, sends and records a message, in this order, so that no retry sends it twice. The claim is stored only while
 * the enrollment is active and the customer has the revision on which the decision to send was made.
 *
 * When the caller crashes between sending and recording, it is unknown whether the message was sent. The customer then
 * waits 15 minutes for a report of the service. After that a marketing message is given up. A transactional message is
 * sent once more, because a customer would rather get it twice than not at all; on WhatsApp a transactional message is
 * given up too. On an idempotent channel the message is sent again at once.
 */

import type { AddressReport } from "../../domain/customer/address-facts.ts";
import type { Customer } from "../../domain/customer/customer.ts";
import type { Enrollment, Message } from "../../domain/enrollment/enrollment.ts";
import { messageIdOf } from "../../domain/enrollment/message-id.ts";
import { type SendLog, withoutSend, withSend } from "../../domain/messages/send-log.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { later, plus, type Time } from "../../domain/time/time.ts";
import { dueWhileWalking, withMessage } from "../../domain/walk/apply-step.ts";
import type { OutgoingMessage } from "../../domain/walk/outcome.ts";
import { ThrottledError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { SendResult } from "../sending-ports.ts";
import type { Change, EnrollmentRef } from "../store.ts";
import { storeEnrollment, updateEnrollment } from "../update-enrollment.ts";
import { addressWrites } from "./address-writes.ts";
import { type CarrierPorts, channels } from "./channels.ts";
import { conversationWrites } from "./conversation-writes.ts";
import { withReported } from "./reported-message.ts";

/** Gives the enrollment after the customer has left the component, whether or not the message was sent. */
export type Onward = (enrollment: Enrollment, now: Time, reason?: SendReason) => Enrollment;

/** The state on which the decision to send was made. The claim fails when any part of this state has changed since. */
export interface DecidedOn {
  /** The enrollment as stored, and as this call has changed it. */
  readonly stored: Enrollment;
  readonly enrollment: Enrollment;
  readonly customer: Customer;
  readonly sent: SendLog;
}

/**
 * Returns the enrollment as it is stored afterwards.
 * @throws ConflictError when the claim fails because the state has changed. @throws ThrottledError when nothing was sent.
 */
export async function sendOnce(
  { stored, enrollment, customer, sent }: DecidedOn,
  outgoing: OutgoingMessage,
  go: Onward,
  ports: CarrierPorts & Pick<Ports, "store">,
): Promise<Enrollment | undefined> {
  const { clock } = ports;
  const { channel } = outgoing;
  const { customerId, enrollmentId, journeyId } = enrollment;
  const carrier = channels[channel];
  const messageId = messageIdOf(enrollment);
  const claimedAt = clock.now();
  const before = enrollment.messages.find((message) => message.messageId === messageId);
  const message: Message = {
    messageId,
    componentId: enrollment.position.componentId,
    template: outgoing.template,
    channel,
    class: outgoing.class,
    ...(outgoing.addressHash !== undefined && { addressHash: outgoing.addressHash }),
    state: "claimed",
    claimedAt,
    attempts: (before?.attempts ?? 0) + 1,
    statuses: before?.statuses ?? {},
  };
  const position = { ...enrollment.position, claim: messageId };
  const claimed = withMessage(
    { ...enrollment, position, dueAt: dueWhileWalking(enrollment.dueAt, claimedAt) },
    message,
  );
  const send = { messageId, class: outgoing.class, at: claimedAt };
  const messageTo = { channel, customerId, messageId, at: claimedAt };
  const written = await storeEnrollment(ports, stored, claimed, [
    { kind: "unchanged", customer },
    { kind: "sends", sends: withSend(sent, send) },
    ...(await conversationWrites(outgoing.addressHash, messageTo, ports)),
  ]);

  let result: SendResult;
  try {
    const claim = { customerId, enrollmentId, journeyId, componentId: message.componentId, messageId };
    result = await carrier.send(outgoing, claim, ports);
  } catch (error) {
    if (error instanceof ThrottledError) await withdraw(enrollment, messageId, ports, released(messageId, clock.now()));
    throw error;
  }
  const settle = (stored: Enrollment) => {
    const now = clock.now();
    const known = stored.messages.find((message) => message.messageId === messageId) ?? message;
    const settled: Message = result.sent
      ? (result.early ?? []).reduce(withReported, taken(known, carrier.taken, now))
      : { ...known, state: "failed", reason: result.reason, statuses: { ...known.statuses, failed: now } };
    return leaveClaim(withMessage(stored, settled), messageId, go, now);
  };
  return result.sent
    ? updateEnrollment(enrollment, ports, settle, written)
    : withdraw(enrollment, messageId, ports, settle, () => suppressedBy(result, outgoing, clock.now(), ports));
}

/** Changes the enrollment, and removes the message from the send log, because it was certainly not sent. */
function withdraw(
  ref: EnrollmentRef,
  messageId: string,
  ports: Pick<Ports, "store">,
  decide: (enrollment: Enrollment) => Enrollment,
  also: () => Promise<Change[]> = async () => [],
): Promise<Enrollment | undefined> {
  return retryOnConflict(async () => {
    const before = await ports.store.enrollment(ref);
    if (!before) return undefined;
    const known = await ports.store.sendLog(ref.customerId);
    const sends = withoutSend(known, messageId);
    const counted: Change[] = sends === known ? [] : [{ kind: "sends", sends }];
    return storeEnrollment(ports, before, decide(before), [...counted, ...(await also())]);
  });
}

/**
 * Reasons of a refusal that are facts of the address: the address is on the account's suppression list, or the number
 * is on the list of opted-out numbers.
 */
const factual: ReadonlyMap<string, AddressReport> = new Map([
  ["suppressed" satisfies SendReason, "suppressed"],
  ["opted-out" satisfies SendReason, "opted-out"],
]);

/** The fact of the address that the refusal shows. */
function suppressedBy(
  result: SendResult,
  { addressHash }: OutgoingMessage,
  now: Time,
  ports: Pick<Ports, "store">,
): Promise<Change[]> {
  const report = result.sent ? undefined : factual.get(result.reason);
  return report ? addressWrites(addressHash, report, now, ports) : Promise.resolve([]);
}

/** Keeps the statuses of a report that came before this call recorded the message. */
function taken(known: Message, state: "sent" | "requested", now: Time): Message {
  return state === "sent"
    ? { ...known, state: known.state === "failed" ? "failed" : state, statuses: { sent: now, ...known.statuses } }
    : { ...known, state: known.state === "claimed" ? state : known.state };
}

export function leaveClaim(
  stored: Enrollment,
  messageId: string,
  go: Onward,
  now: Time,
  reason?: SendReason,
): Enrollment {
  return stored.status === "active" && stored.position.claim === messageId ? go(stored, now, reason) : stored;
}

/** The longest pause between two retries of a throttled execution, and a while to spare. */
const RETRIES = "PT15M";

/** Removes the claim and its message. The reconciler starts no second execution while this one retries. */
const released = (messageId: string, now: Time) => (stored: Enrollment) => {
  const messages = stored.messages.filter((message) => message.messageId !== messageId);
  const dueAt = stored.dueAt === undefined ? undefined : later(stored.dueAt, plus(now, RETRIES));
  const open = stored.position.claim === messageId ? withoutClaim(stored) : stored;
  return { ...open, messages, ...(dueAt !== undefined && { dueAt }) };
};

export function withoutClaim(stored: Enrollment): Enrollment {
  const { claim: _, ...position } = stored.position;
  return { ...stored, position };
}
