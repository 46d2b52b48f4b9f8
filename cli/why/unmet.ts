/** Why a condition does not hold, in words: what is there, and what was wanted. */
import type { Condition, FieldCondition } from "../../lambdas/domain/condition.ts";
import { type Facts, holds, reader } from "../../lambdas/domain/holds.ts";
import type { Json } from "../../lambdas/domain/json.ts";
import { own } from "../../lambdas/domain/json.ts";
import { operatorOf } from "../../lambdas/domain/operators.ts";
import { minus } from "../../lambdas/domain/time.ts";
import { conditionText, span } from "../draw/condition-text.ts";

/** The parts that fail, each in words; empty when the condition holds. */
export function unmet(condition: Condition, facts: Facts): string[] {
  if (holds(condition, facts)) return [];
  if ("all" in condition) return condition.all.flatMap((part) => unmet(part, facts));
  if ("any" in condition) return [condition.any.flatMap((part) => unmet(part, facts)).join(", nor: ")];
  if ("not" in condition) return [`“${conditionText(condition.not)}” holds, and must not`];
  if ("message" in condition) return [`${condition.message} is not ${condition.status}`];
  if ("count" in condition) {
    const since = minus(facts.now, condition.within);
    const times = (own(facts.happened, condition.event) ?? []).filter((time) => time > since).length;
    return [
      `${condition.event} happened ${times}× in ${span(condition.within)}, wanted is “${conditionText(condition)}”`,
    ];
  }
  return [`${condition.field} ${found(reader(condition.field)(facts))}, ${wanted(condition)}`];
}

function found(value: Json | undefined): string {
  return value === undefined ? "is missing" : `is ${shown(value)}`;
}

function wanted(condition: FieldCondition): string {
  const { wanted: words, value: kind } = operatorOf(condition.operator);
  if (!("value" in condition)) return words;
  const { value } = condition;
  if (kind === "span") return `${words} ${span(value as string)}`;
  const values = Array.isArray(value) && (kind === "list" || kind === "range");
  return `${words} ${values ? value.map((one) => shown(one as Json)).join(kind === "range" ? " and " : ", ") : shown(value as Json)}`;
}

const MOST_CHARACTERS = 80;

/** A value in a sentence, cut where it is long. */
export function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
