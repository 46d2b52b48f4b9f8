/** What the mail service reports: noted with the message, and held against its journey when there is too much of it. */
import { type Hold, judgeReports } from "../domain/breaker.ts";
import type { Status } from "../domain/message-status.ts";
import { mailed } from "../domain/reputation.ts";
import type { Ports } from "./ports.ts";
import { type ReportedStatus, type ReportPorts, recordMessageStatus } from "./record-message-status.ts";
import { decideAgain } from "./retry.ts";

const harmful: ReadonlySet<Status> = new Set<Status>(["bounced", "complained"]);

/** The journeys whose marketing is held, one or none: told at every report, as the call that holds may die before it is heard. */
export async function heedReport(
  report: ReportedStatus,
  ports: ReportPorts & Pick<Ports, "breakers">,
): Promise<(Hold & { journeyId: string })[]> {
  const journeyId = await recordMessageStatus(report, ports);
  if (journeyId === undefined || !harmful.has(report.status)) return [];
  const { breakers, clock } = ports;
  return decideAgain(async () => {
    const before = await breakers.get(journeyId);
    const after = judgeReports(before, mailed(await breakers.counts(journeyId)), clock.now());
    if (after !== before) await breakers.put(after);
    return after.held ? [{ journeyId, ...after.held }] : [];
  });
}
