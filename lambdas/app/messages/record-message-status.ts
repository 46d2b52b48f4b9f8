/** Records a reported status with its message, and wakes the execution that waits for it. */

import { addressMark } from "../../domain/customer/address-mark.ts";
import { canonicalAddress } from "../../domain/customer/canonical-address.ts";
import { type Customer, customerView } from "../../domain/customer/customer.ts";
import { unchanged } from "../../domain/customer/merge-changes.ts";
import { applyStatus } from "../../domain/enrollment/apply-activity.ts";
import type { Message } from "../../domain/enrollment/enrollment.ts";
import { noteLateStatus } from "../../domain/enrollment/late-activity.ts";
import { enrollmentIdOf } from "../../domain/enrollment/message-id.ts";
import { recipientAddress } from "../../domain/messages/channel.ts";
import { hasStatus, type Status, withStatus } from "../../domain/messages/message-status.ts";
import type { Time } from "../../domain/time/time.ts";
import { withMessage } from "../../domain/walk/apply-step.ts";
import { withEnrollmentEvent } from "../enrollment-event.ts";
import { wake } from "../exits/apply-to-enrollments.ts";
import type { Ports, Signals } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { Change } from "../store.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { versionsOf } from "../versions.ts";

export interface ReportedStatus {
  readonly customerId: string;
  readonly messageId: string;
  readonly status: Status;
  readonly time: Time;
}

export interface ReportPorts extends Pick<Ports, "clock" | "store" | "journeys"> {
  readonly executions: Signals;
}

/** The journey of the message; `undefined` when the message is not stored, or no longer: then the report has no effect. */
export function recordMessageStatus(report: ReportedStatus, ports: ReportPorts): Promise<string | undefined> {
  const { customerId, messageId, status, time } = report;
  const enrollmentId = enrollmentIdOf(messageId);
  return retryOnConflict(async () => {
    const before = await ports.store.enrollment({ customerId, enrollmentId });
    const message = before?.messages.find((known) => known.messageId === messageId);
    if (!before || !message || message.state === "skipped") return undefined;
    const { live, entered } = await versionsOf(before, ports);
    const { enrollmentEvent } = await withEnrollmentEvent({ live, entered }, before, ports);
    const reported = proven({ ...message, statuses: withStatus(message.statuses, status, time) });
    const customer = await ports.store.customer(customerId);
    const now = ports.clock.now();
    const withReport = withMessage(before, reported);
    const applied = applyStatus(withReport, entered, customerView(customer), now, enrollmentEvent, time);
    const noted = noteLateStatus(before, applied, entered);
    const suppressed = suppressedBy(report, message, customer);
    const also: Change[] = suppressed ? [{ kind: "customer", customer: suppressed }] : [];
    const repeated = message.statuses[status] !== undefined && message.statuses[status] <= time;
    const after = repeated && also.length === 0 ? before : await storeEnrollment(ports, before, noted, also);
    await wake(after, entered, ports);
    return before.journeyId;
  });
}

/**
 * The customer with the address that this report suppresses; `undefined` when it suppresses none. A complaint does not
 * replace a permanent bounce.
 */
function suppressedBy({ status, time }: ReportedStatus, message: Message, customer: Customer): Customer | undefined {
  if (status !== "bounced" && status !== "complained") return undefined;
  const address = recipientAddress(message.channel, customer);
  if (address === undefined || (message.address ?? addressMark(address)) !== addressMark(address)) return undefined;
  const known =
    customer.suppressed && canonicalAddress(customer.suppressed.email) === address
      ? customer.suppressed.reason
      : undefined;
  if (known === "bounced" || known === status) return undefined;
  return {
    ...unchanged(customer),
    revision: customer.revision + 1,
    suppressed: { email: address, reason: status, at: time },
  };
}

const unproven: ReadonlySet<Message["state"]> = new Set(["claimed", "requested", "unknown"]);

/** A report proves that SES has sent the message, also when the system had given the message up. */
function proven(message: Message): Message {
  const left =
    hasStatus(message.statuses, "sent") ||
    message.statuses.bounced !== undefined ||
    message.statuses.complained !== undefined;
  return left && unproven.has(message.state) ? { ...message, state: "sent" } : message;
}
