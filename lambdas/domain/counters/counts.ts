/**
 * The counts that one enrollment adds to its journey, computed from its log. A change of an enrollment and the
 * difference in counts are stored in one transaction, so the counters always equal a recount of the logs.
 */

import type { Enrollment } from "../enrollment/enrollment.ts";
import { reportingOf } from "../messages/channel.ts";
import { hasStatus, statuses } from "../messages/message-status.ts";
import { currentReason, type SendReason } from "../reasons/reason.ts";
import { type Counter, counterName, erasedName, isJudged } from "./counter-name.ts";

/** Counts by counter name, see `counter-name.ts`. */
export type Counts = Readonly<Record<string, number>>;

/** The counts of this many components and their messages fit into one kilobyte, the size of one write unit. */
export const COUNTED_TOGETHER = 10;

export function countsOf(enrollment: Enrollment): Counts {
  const counts: Record<string, number> = {};
  const count = (counter: Counter) => {
    const name = counterName(counter);
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const { status: end, reason = "" } = enrollment;
  count({ scope: "journey", count: "entered" });
  count({ scope: "journey", count: end });
  if (end === "exited" || end === "failed") count({ scope: "ending", status: end, reason });
  for (const goalId of Object.keys(enrollment.goals)) count({ scope: "goal", goalId });
  for (const { componentId, outcome } of enrollment.steps) {
    count({ scope: "component", componentId, count: "entered" });
    if (outcome !== "waiting") count({ scope: "component", componentId, count: "left", outcome });
  }
  for (const { componentId, channel, state, reason = "", statuses: times } of enrollment.messages) {
    const { judged, sentByApp } = reportingOf(channel);
    if (state === "skipped") count({ scope: "message", componentId, count: "skipped", reason: currentReason(reason) });
    if (state === "unknown") count({ scope: "message", componentId, count: "unknown" });
    // A message stays requested when the app reports that it has sent it.
    if (state === "requested" || (sentByApp && state === "sent"))
      count({ scope: "message", componentId, count: "requested" });
    // SES accepted the message and reported "sent", but has not sent it.
    const suppressed = state === "failed" && reason === ("suppressed" satisfies SendReason);
    for (const status of suppressed ? (["failed"] as const) : statuses)
      if (
        hasStatus(times, status) ||
        (status === "failed" && state === "failed") ||
        (status === "sent" && state === "sent")
      ) {
        count({ scope: "message", componentId, count: status });
        if (!judged && isJudged(status)) count({ scope: "byApp", componentId, count: status });
      }
  }
  return counts;
}

/** The counts that remain when a customer is erased, so that the counters still equal a recount of the logs. */
export function erasedCountsOf(enrollment: Enrollment): Counts {
  return Object.fromEntries(Object.entries(countsOf(enrollment)).map(([name, count]) => [erasedName(name), count]));
}

/** The difference in counts between two states of an enrollment. */
export function countsChange(before: Enrollment | undefined, after: Enrollment | undefined): Counts {
  const [old, current] = [before ? countsOf(before) : {}, after ? countsOf(after) : {}] as Counts[];
  const changes: Record<string, number> = {};
  for (const name of new Set([...Object.keys(old ?? {}), ...Object.keys(current ?? {})])) {
    const change = (current?.[name] ?? 0) - (old?.[name] ?? 0);
    if (change !== 0) changes[name] = change;
  }
  return changes;
}

export function addCounts(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
