/** Checks the stack's limits before deployment, because a function with invalid limits does not start. */
import { limitProblems } from "../lambdas/domain/checks/check-limits.ts";
import { check } from "../lambdas/domain/documents/problem.ts";
import { limits as schema } from "../lambdas/domain/messages/limits.ts";

/** The problems in words; empty when the limits are valid. */
export function wrongLimits(limits: unknown): string[] {
  if (limits === undefined) return [];
  const shape = check(schema, limits);
  const problems =
    "problems" in shape ? shape.problems : limitProblems({ limits }, { start: "", components: {} }, new Map());
  return problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
}
