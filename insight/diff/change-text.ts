/** A difference in a few words: the value before and the value after. */
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { conditionText } from "../words/condition-text.ts";
import type { Difference } from "./differences.ts";

const MOST_CHARACTERS = 80;

/** `PT1H → PT2H`; for long texts, the number of lines that differ. */
export function changeText({ path, before, after }: Difference): string {
  if (isLongText(before) && isLongText(after)) return lineCounts(before, after);
  return [before, after].flatMap((value) => (value === undefined ? [] : documentValueText(value, path))).join(" → ");
}

function documentValueText(value: Json, path: string): string {
  const isCondition = /\.(where|audience|when)$/.test(path);
  const text = isCondition
    ? conditionText(value as Condition)
    : typeof value === "string"
      ? value
      : JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
  const line = text.replace(/\s+/g, " ");
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`.toWellFormed();
}

const isLongText = (value: Json | undefined): value is string =>
  typeof value === "string" && (value.length > MOST_CHARACTERS || value.includes("\n"));

function lineCounts(before: string, after: string): string {
  const [old, current] = [before.split("\n"), after.split("\n")];
  const missing = (lines: string[], others: string[]) => lines.filter((line) => !others.includes(line)).length;
  return `${missing(old, current)} of ${old.length} lines removed, ${missing(current, old)} of ${current.length} added`;
}
