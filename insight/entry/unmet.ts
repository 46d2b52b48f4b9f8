/** Why a condition is not met, in words: the value that was found, and the value that the condition requires. */
import type { Condition, FieldCondition } from "../../lambdas/domain/conditions/condition.ts";
import { evaluate, type Facts, reader } from "../../lambdas/domain/conditions/evaluate.ts";
import { operatorOf } from "../../lambdas/domain/conditions/operators.ts";
import { conditionBehind } from "../../lambdas/domain/conditions/segment-condition.ts";
import { minus } from "../../lambdas/domain/time/time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { own } from "../../lambdas/domain/values/json.ts";
import { conditionText } from "../words/condition-text.ts";
import { durationText } from "../words/duration-text.ts";
import { valueText } from "../words/value-text.ts";

/** Each part that is not met, in words; empty when the condition is met. */
export function unmet(condition: Condition, facts: Facts): string[] {
  if (evaluate(condition, facts)) return [];
  if ("all" in condition) return condition.all.flatMap((part) => unmet(part, facts));
  if ("any" in condition) return [condition.any.flatMap((part) => unmet(part, facts)).join(", or: ")];
  if ("not" in condition) return [`“${conditionText(condition.not)}” is met, and must not be`];
  if ("message" in condition) return [`${condition.message} is not ${condition.status}`];
  if ("segment" in condition) {
    const behind = conditionBehind(condition);
    const parts = behind ? unmet(behind, { ...facts, timezone: undefined }) : ["there is no such segment"];
    return [`the customer is not in segment ${condition.segment} (${parts.join("; ")})`];
  }
  if ("count" in condition) {
    const since = minus(facts.now, condition.within);
    const times = (own(facts.eventTimes, condition.event) ?? []).filter((time) => time > since).length;
    return [
      `${condition.event} happened ${times}× in ${durationText(condition.within)}, wanted is “${conditionText(condition)}”`,
    ];
  }
  return [`${condition.field} ${foundText(reader(condition.field)(facts))}, ${wantedText(condition)}`];
}

function foundText(value: Json | undefined): string {
  return value === undefined ? "is missing" : `is ${valueText(value)}`;
}

function wantedText(condition: FieldCondition): string {
  const { wanted, value: kind } = operatorOf(condition.operator);
  if (!("value" in condition)) return wanted;
  const { value } = condition;
  if (kind === "span") return `${wanted} ${durationText(value as string)}`;
  const values = Array.isArray(value) && (kind === "list" || kind === "range");
  return `${wanted} ${values ? value.map((one) => valueText(one as Json)).join(kind === "range" ? " and " : ", ") : valueText(value as Json)}`;
}
