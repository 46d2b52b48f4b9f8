/**
 * What one enrollment adds to its journey's counts: a pure function of its log. Counters are kept by storing the
 * difference together with the change that made it, so they equal a recount of the logs at any moment.
 */
import type { Enrollment } from "./enrollment.ts";
import { hasStatus, statuses } from "./message-status.ts";

/** Count names: `entered`, `exited.REASON`, `goal.ID`, `component.ID.OUTLET`, `message.ID.STATUS` and the like. */
export type Counts = Readonly<Record<string, number>>;

/** The counts of so many components, and of their messages, stay within the kilobyte that one write unit pays for. */
export const COUNTED_TOGETHER = 10;

export function countsOf(enrollment: Enrollment): Counts {
  const counts: Record<string, number> = {};
  const count = (...name: string[]) => {
    const key = name.join(".");
    counts[key] = (counts[key] ?? 0) + 1;
  };
  count("entered");
  count(enrollment.status);
  if (enrollment.status === "exited" || enrollment.status === "failed")
    count(enrollment.status, enrollment.reason ?? "");
  for (const goal of Object.keys(enrollment.goals)) count("goal", goal);
  for (const { componentId, outcome } of enrollment.steps) {
    count("component", componentId, "entered");
    if (outcome !== "waiting") count("component", componentId, "left", outcome);
  }
  for (const { componentId, state, reason, statuses: times } of enrollment.messages) {
    if (state === "skipped") count("message", componentId, "skipped", reason ?? "");
    if (state === "unknown" || state === "requested") count("message", componentId, state);
    for (const status of statuses)
      if (
        hasStatus(times, status) ||
        (status === "failed" && state === "failed") ||
        (status === "sent" && state === "sent")
      )
        count("message", componentId, status);
  }
  return counts;
}

/** What must be added to the counters when an enrollment changes. */
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
