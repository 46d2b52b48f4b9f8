/** Whether the stack's limits are right, before they are deployed: functions that cannot read them would not start. */
import { limitProblems } from "../lambdas/domain/check-limits.ts";
import { limits as schema } from "../lambdas/domain/limits.ts";
import { check } from "../lambdas/domain/problem.ts";

/** What is wrong, in words; empty when nothing is. */
export function wrongLimits(limits: unknown): string[] {
  if (limits === undefined) return [];
  const shape = check(schema, limits);
  const problems =
    "problems" in shape ? shape.problems : limitProblems({ limits }, { start: "", components: {} }, new Map());
  return problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
}
