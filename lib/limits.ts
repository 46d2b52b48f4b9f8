/** Whether the stack's limits are right, before they are deployed: functions that cannot read them would not start. */
import { limitProblems } from "../lambdas/domain/checks/check-limits.ts";
import { check } from "../lambdas/domain/documents/problem.ts";
import { limits as schema } from "../lambdas/domain/messages/limits.ts";

/** What is wrong, in words; empty when nothing is. */
export function wrongLimits(limits: unknown): string[] {
  if (limits === undefined) return [];
  const shape = check(schema, limits);
  const problems =
    "problems" in shape ? shape.problems : limitProblems({ limits }, { start: "", components: {} }, new Map());
  return problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
}
