/** Records a report of SES with its message, and opens the journey's circuit breaker after too many bounces or complaints. */
import { type Hold, judgeReports } from "../../domain/counters/breaker.ts";
import { mailed } from "../../domain/counters/reputation.ts";
import type { Status } from "../../domain/messages/message-status.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type ReportedStatus, type ReportPorts, recordMessageStatus } from "./record-message-status.ts";

const harmful: ReadonlySet<Status> = new Set<Status>(["bounced", "complained"]);

/**
 * The journey whose circuit breaker is open, if it is. Every harmful report returns the journey, not only the report
 * that opens the breaker, because the call that opens the breaker may crash before it writes the log line that the
 * alarm needs.
 */
export async function handleDeliveryReport(
  report: ReportedStatus,
  ports: ReportPorts & Pick<Ports, "breakers">,
): Promise<(Hold & { journeyId: string })[]> {
  const journeyId = await recordMessageStatus(report, ports);
  if (journeyId === undefined || !harmful.has(report.status)) return [];
  const { breakers, clock } = ports;
  return retryOnConflict(async () => {
    const before = await breakers.get(journeyId);
    const after = judgeReports(before, mailed(await breakers.counts(journeyId)), clock.now());
    if (after !== before) await breakers.put(after);
    return after.held ? [{ journeyId, ...after.held }] : [];
  });
}
