/**
 * Warns of a comparison that has a valid form, but probably not the meaning that its author wants: a list where one
 * value is expected, or the customer's tags, which are a list, compared with one value.
 */
import type { FieldCondition } from "../conditions/condition.ts";
import type { Path, Problem } from "../documents/problem.ts";
import { pathText } from "../documents/problem.ts";
import { wordOf } from "../inbound/word.ts";
import { toMoment } from "../time/time.ts";
import { LIKE_PATH, textLikePath } from "./check-data.ts";

const MOST_QUOTED = 40;

/** `path`: the place of the comparison in its document. */
export function comparisonWarnings(comparison: FieldCondition, path: Path): Problem[] {
  if ("value" in comparison && typeof comparison.value === "string" && LIKE_PATH.test(comparison.value))
    return [textLikePath([...path, "value"], comparison.value)];
  const message = meansOther(comparison);
  if (message === undefined) return [];
  return [{ path: pathText([...path, "operator"]), code: "unlikely-comparison", message, severity: "warning" }];
}

function meansOther(comparison: FieldCondition): string | undefined {
  const { field, operator } = comparison;
  if (operator === "between") {
    const [from, to] = comparison.value;
    return place(from) > place(to)
      ? `No value lies between ${from} and ${to}. Write the lower limit first.`
      : undefined;
  }
  if ("value" in comparison && (comparison.value === "true" || comparison.value === "false"))
    return `This is the text "${comparison.value}". If apps send true or false, write ${comparison.value} without quotes.`;
  const list = "value" in comparison && Array.isArray(comparison.value) ? (comparison.value as unknown[]) : undefined;
  if (field === "event.word" && "value" in comparison)
    for (const value of [comparison.value].flat())
      if (typeof value === "string" && wordOf(value) !== value)
        return `No answer has the word "${value}". ${wordOf(value) ? `Write "${wordOf(value)}".` : "Compare event.text."}`;
  const several = list !== undefined && list.length > 0;
  if (operator === "contains" || operator === "notContains")
    return several
      ? `"${operator}" looks for one item, here for an item that is itself the list ${quoted(list)}. Write a comparison for each value, in "any" or "all".`
      : undefined;
  const isEquality = operator === "equals" || operator === "notEquals";
  if (field === "customer.tags" && !(isEquality && list) && operator !== "exists" && operator !== "notExists")
    return `"customer.tags" is a list, and "${operator}" compares one value. Write "operator": "contains", "value": "vip" for each tag.`;
  if (!isEquality || !several || field === "customer.tags" || list.some((item) => typeof item === "object"))
    return undefined;
  const either = operator === "equals" ? "oneOf" : "notOneOf";
  return `"${operator}" compares the field with the whole list ${quoted(list)}. For one of these values, write "operator": "${either}".`;
}

/** The size of a limit, so that limits can be compared: a number, or a time in milliseconds. */
function place(limit: number | string): number {
  return typeof limit === "number" ? limit : (toMoment(limit) ?? Number.NaN);
}

function quoted(list: readonly unknown[]): string {
  const text = JSON.stringify(list);
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED - 1)}…` : text;
}
