/** Why customers of a simulation did not enter, with the values that the conditions found, as `journeys why` says it. */
import type { CustomerRecord } from "../../insight/customer/record.ts";
import { answerOf } from "../../insight/entry/answer.ts";
import type { Journeys } from "../../lambdas/app/ports.ts";
import type { NotEntered, RunReason } from "../../lambdas/domain/reasons/reason.ts";
import type { MemoryStore } from "../../simulator/memory-store.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";

export type Explain = (line: TimelineLine) => string | undefined;

/** Reads the stored data when the simulation has ended. A value that has changed since the attempt is marked. */
export async function entryReasons(
  lines: readonly TimelineLine[],
  store: MemoryStore,
  journeys: Pick<Journeys, "live">,
): Promise<Explain> {
  const records = new Map([...store.all()].map((each) => [each.customer.customerId, recordOf(each)]));
  const texts = new Map<TimelineLine, string>();
  for (const line of lines) {
    if (line.kind !== "not-entered" || !conditions.has(line.reason)) continue;
    const record = records.get(line.customerId);
    const live = await journeys.live(line.journeyId);
    if (!record || !live) continue;
    const stored = record.reasons.find(({ enrollmentId, at }) => enrollmentId === line.enrollmentId && at === line.at);
    const attempt = answerOf(record, live, line.at).attempts.find(
      (each) => !each.entered && each.at === line.at && each.eventId === stored?.eventId,
    );
    if (attempt && !attempt.entered) texts.set(line, attempt.because);
  }
  return (line) => texts.get(line);
}

/** Whether the reason is that a condition did not hold. */
const ofConditions: Readonly<Record<NotEntered | RunReason, boolean>> = {
  "where-false": true,
  "audience-false": true,
  "duplicate-event": false,
  "not-active": false,
  "entry-limit": false,
  unsubscribed: false,
  "exit-holds": false,
  "automatic-loop": false,
  "no-time": false,
  "run-cancelled": false,
};
const conditions: ReadonlySet<string> = new Set(
  Object.entries(ofConditions).flatMap(([reason, isOfCondition]) => (isOfCondition ? [reason] : [])),
);

type Partition = ReturnType<MemoryStore["all"]> extends Iterable<infer P> ? P : never;

export function recordOf({ customer, enrollments, entries, events, reasons }: Partition): CustomerRecord {
  return {
    customerId: customer.customerId,
    profile: customer,
    enrollments: [...enrollments.values()],
    entries: [...entries.values()],
    events: [...events.values()].toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)),
    reasons: [...reasons.values()],
  };
}
