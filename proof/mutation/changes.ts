/** Small mistakes that a person could make in a journey: one condition, wait, branch or rule is changed at a time. */
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import { pathText } from "../../lambdas/domain/documents/problem.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { entryRuleOf } from "../../lambdas/domain/journey/starts.ts";
import type { EntryRule } from "../../lambdas/domain/journey/trigger.ts";
import { componentChanges } from "./component-changes.ts";
import { conditionChanges, longer, type Part, removed, replaced, ruleChanges, withValue } from "./part-changes.ts";

export interface Change {
  /** The path of the changed member, such as `components.remind.next`. */
  readonly path: string;
  /** The change in words, as a sentence without a full stop. */
  readonly text: string;
  /** The journey with the change. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The changes after which the journey still has no problems. */
export function changesOf(journey: Journey): Change[] {
  return partsToChange(journey).flatMap(({ path, value, text }) => {
    const document = withValue(journey, path, value) as Record<string, unknown>;
    const checked = checkJourney(document, new Set(namedTemplates(document)));
    return "value" in checked ? [{ path: pathText(path), text, document }] : [];
  });
}

function partsToChange(journey: Journey): Part[] {
  const { trigger, exit = [], goals = [], components } = journey;
  return [
    ...conditionChanges(["trigger", "where"], trigger.where),
    ...conditionChanges(["trigger", "audience"], trigger.audience),
    ...entryChanges(entryRuleOf(trigger)),
    replaced(["trigger", "includeUnsubscribed"], trigger.includeUnsubscribed !== true),
    ...(trigger.key === undefined ? [] : [removed(["trigger", "key"])]),
    ...exit.flatMap((rule, index) => [removed(["exit", index]), ...ruleChanges(["exit", index], rule)]),
    ...goals.flatMap((goal, index) => [
      removed(["goals", index]),
      ...ruleChanges(["goals", index], goal),
      longer(["goals", index, "within"], goal.within ?? "P30D"),
    ]),
    ...Object.entries(components).flatMap(([id, component]) => componentChanges(["components", id], component)),
  ];
}

function entryChanges(entry: EntryRule): Part[] {
  const path = ["trigger", "entry"];
  if (typeof entry === "string") return [replaced(path, entry === "always" ? "once" : "always")];
  return [
    ...(entry.cooldown === undefined ? [] : [longer([...path, "cooldown"], entry.cooldown)]),
    ...(["max", "maxConcurrent"] as const).flatMap((name) => {
      const most = entry[name];
      return most === undefined ? [] : [replaced([...path, name], most + 1)];
    }),
  ];
}
