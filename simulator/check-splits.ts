/** Names each choice of a branch that can have no effect: no document of the scenario has such a split or branch. */
import type { Problem } from "../lambdas/domain/documents/problem.ts";
import { entries, items, type Members, members } from "../lambdas/domain/documents/unchecked-document.ts";
import { END } from "../lambdas/domain/journey/outlets.ts";
import { didYouMean } from "../lambdas/domain/values/did-you-mean.ts";
import type { Scenario } from "./scenario.ts";

export function checkSplits({ splits = [], journeys = [], edits = [] }: Scenario): Problem[] {
  const all: Members[] = [...journeys, ...edits.flatMap(({ journey }): Members[] => (journey ? [journey] : []))];
  return splits.flatMap(({ journey, component, branch }, index) => {
    const asked = all.filter(({ id }) => journey === undefined || id === journey);
    const found = asked.flatMap(splitsOf);
    const branches = found.filter(([id]) => id === component).flatMap(([, split]) => branchesOf(split));
    const at = (member: string) => `splits[${index}].${member}`;
    if (journey !== undefined && asked.length === 0)
      return unknown(
        "journey",
        journey,
        at("journey"),
        all.map(({ id }) => String(id)),
      );
    if (branches.length === 0)
      return unknown(
        "split",
        component,
        at("component"),
        found.map(([id]) => id),
      );
    if (!branches.includes(branch)) return unknown("branch", branch, at("branch"), branches);
    return [];
  });
}

function splitsOf({ components }: Members): [string, Members][] {
  return entries(components)
    .map(([id, component]): [string, Members] => [id, members(component)])
    .filter(([, { type }]) => type === "split");
}

const branchesOf = ({ branches }: Members) => items(branches).map(([, branch]) => String(members(branch).next ?? END));

function unknown(
  kind: "journey" | "split" | "branch",
  name: string,
  path: string,
  known: readonly string[],
): Problem[] {
  const words = new Set(known);
  const message =
    kind === "branch"
      ? `The split has no branch that leads to "${name}".${didYouMean(name, words)}`
      : `There is no ${kind} "${name}" in the scenario.${didYouMean(name, words)}`;
  return [
    {
      path,
      code: kind === "journey" ? "unknown-journey" : kind === "split" ? "unknown-component" : "bad-value",
      message,
    },
  ];
}
