/**
 * A template of a scenario that has problems is not published, so each journey that sends it would also have the problem
 * `unknown-template`. That problem is only a consequence, and it is false: the scenario lists the template.
 */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { idOf, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Scenario } from "../../simulator/scenario.ts";

export function withoutConsequences(
  problems: readonly Problem[],
  { journeys = [], templates = [] }: Scenario,
): readonly Problem[] {
  const listed = new Set(templates.map(idOf));
  return problems.filter(({ code, path }) => {
    const [, place = "", componentId = ""] = /^journeys\[(\d+)\]\.components\.([^.]+)\.template$/.exec(path) ?? [];
    const { template } = members(members(members(journeys[Number(place)]).components)[componentId]);
    return code !== "unknown-template" || !listed.has(String(template));
  });
}
