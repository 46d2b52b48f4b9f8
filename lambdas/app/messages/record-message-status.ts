/** Records a reported status with its message, and wakes the execution that waits for it. */

import { customerView } from "../../domain/customer/customer.ts";
import { applyStatus } from "../../domain/enrollment/apply-activity.ts";
import type { Message } from "../../domain/enrollment/enrollment.ts";
import { noteLateStatus } from "../../domain/enrollment/late-activity.ts";
import { enrollmentIdOf } from "../../domain/enrollment/message-id.ts";
import { reportingOf } from "../../domain/messages/channel.ts";
import { hasStatus, type Status, withStatus } from "../../domain/messages/message-status.ts";
import type { Time } from "../../domain/time/time.ts";
import { withMessage } from "../../domain/walk/apply-step.ts";
import { withEnrollmentEvent } from "../enrollment-event.ts";
import { wake } from "../exits/apply-to-enrollments.ts";
import type { Ports, Signals } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { versionsOf } from "../versions.ts";
import { reportWrites, storeAddressReport } from "./report-writes.ts";

export interface ReportedStatus {
  readonly customerId: string;
  readonly messageId: string;
  readonly status: Status;
  readonly time: Time;
  /** Why the message failed, when the suppression list of the account is the reason. */
  readonly reason?: "suppressed";
  /**
   * The keyed hash of the address, which a report of SES carries. The hash is needed when the message is not stored any
   * more.
   */
  readonly addressHash?: string;
  /**
   * Whether an app reports the status. An app reports every status of its own channel, and only replies to an email.
   */
  readonly byApp?: true;
}

export interface ReportPorts extends Pick<Ports, "clock" | "store" | "journeys"> {
  readonly executions: Signals;
}

/**
 * The journey of the message; `undefined` when the message is not stored, for example because the customer was erased.
 * A report about a message that is not stored has no effect, except that a bounce or complaint is stored with the hash
 * of its address.
 */
export function recordMessageStatus(report: ReportedStatus, ports: ReportPorts): Promise<string | undefined> {
  const { customerId, messageId, status, time } = report;
  const enrollmentId = enrollmentIdOf(messageId);
  return retryOnConflict(async () => {
    const before = await ports.store.enrollment({ customerId, enrollmentId });
    const message = before?.messages.find((known) => known.messageId === messageId);
    if (!before || !message || message.state === "skipped") {
      await storeAddressReport(report, ports);
      return undefined;
    }
    if (report.byApp && !reportingOf(message.channel).reportedByApps.includes(status)) return undefined;
    const { live, entered } = await versionsOf(before, ports);
    const { enrollmentEvent } = await withEnrollmentEvent({ live, entered }, before, ports);
    const reported = proven(withReason({ ...message, statuses: withStatus(message.statuses, status, time) }, report));
    const customer = await ports.store.customer(customerId);
    const now = ports.clock.now();
    const withReport = withMessage(before, reported);
    const applied = applyStatus(withReport, entered, customerView(customer), now, enrollmentEvent, time);
    const noted = noteLateStatus(before, applied, entered);
    const also = await reportWrites(report, message, customer, ports);
    const repeated = message.statuses[status] !== undefined && message.statuses[status] <= time;
    const after = repeated && also.length === 0 ? before : await storeEnrollment(ports, before, noted, also);
    await wake(after, entered, ports);
    return before.journeyId;
  });
}

const unproven: ReadonlySet<Message["state"]> = new Set(["claimed", "requested", "unknown"]);

/** SES accepts a message to an address on the account's suppression list, but does not send it. */
function withReason(message: Message, { reason }: ReportedStatus): Message {
  return reason === undefined ? message : { ...message, state: "failed", reason };
}

/** A report proves that SES has sent the message, also when the system had given the message up. */
function proven(message: Message): Message {
  const left =
    hasStatus(message.statuses, "sent") ||
    message.statuses.bounced !== undefined ||
    message.statuses.complained !== undefined;
  return left && unproven.has(message.state) ? { ...message, state: "sent" } : message;
}
