/** What the mail service reports: noted with the message, and held against its journey when there is too much of it. */
import { type Hold, judgeReports } from "../../domain/counters/breaker.ts";
import { mailed } from "../../domain/counters/reputation.ts";
import type { Status } from "../../domain/messages/message-status.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type ReportedStatus, type ReportPorts, recordMessageStatus } from "./record-message-status.ts";

const harmful: ReadonlySet<Status> = new Set<Status>(["bounced", "complained"]);

/** The journeys whose marketing is held, one or none: told at every report, as the call that holds may die before it is heard. */
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
