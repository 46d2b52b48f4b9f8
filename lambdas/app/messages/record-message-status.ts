/** Records a reported status with its message, and wakes the execution that waits for it. */

import { customerView } from "../../domain/customer/customer.ts";
import { applyStatus } from "../../domain/enrollment/apply-activity.ts";
import { noteLateStatus } from "../../domain/enrollment/late-activity.ts";
import { enrollmentIdOf } from "../../domain/enrollment/message-id.ts";
import { reportingOf } from "../../domain/messages/channel.ts";
import type { Status } from "../../domain/messages/message-status.ts";
import type { Time } from "../../domain/time/time.ts";
import { withMessage } from "../../domain/walk/apply-step.ts";
import { withEnrollmentEvent } from "../enrollment-event.ts";
import { wake } from "../exits/apply-to-enrollments.ts";
import type { Ports, Signals } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { versionsOf } from "../versions.ts";
import { reportWrites, storeAddressReport } from "./report-writes.ts";
import { withReported } from "./reported-message.ts";

export interface ReportedStatus {
  readonly customerId: string;
  readonly messageId: string;
  readonly status: Status;
  readonly time: Time;
  /** Why the message failed, when the report says it: `suppressed` for the suppression list of the account. */
  readonly reason?: string;
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
    const reported = withReported(message, report);
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
