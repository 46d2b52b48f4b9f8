/** The messages that a report by a service's id is about. */
import type { Ports } from "../ports.ts";
import type { Report } from "../sending-ports.ts";
import type { ReportedStatus } from "./record-message-status.ts";

/** A report that names the message only by the id of the service. */
export interface ServiceReport extends Report {
  readonly serviceId: string;
}

/**
 * Returns the report with the message that it is about, and the stored reports that came before the id of the service
 * was stored: the call that stored the id may have crashed before it recorded those reports. The answer is empty while
 * the id is not stored, and for a message that this stack did not send.
 */
export async function findReported(
  { serviceId, ...report }: ServiceReport,
  { sentIds }: Pick<Ports, "sentIds">,
): Promise<readonly ReportedStatus[]> {
  const found = await sentIds?.find(serviceId, report);
  if (!found) return [];
  const { early, ...message } = found;
  return [...early, report].map((each) => ({ ...message, ...each }));
}
