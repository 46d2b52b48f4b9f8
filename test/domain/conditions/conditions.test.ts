/**
 * The meaning of conditions, as data. `test/data/conditions.json` is a list of `[name, condition, facts, result]`. Any
 * implementation must give these results.
 *
 * The test reads the file and does not import it, because an import would turn a member `__proto__` into a prototype.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Condition, condition } from "../../../lambdas/domain/conditions/condition.ts";
import { eachLeaf } from "../../../lambdas/domain/conditions/condition-tree.ts";
import { compile, evaluate, type Facts } from "../../../lambdas/domain/conditions/evaluate.ts";
import { functionOf as interpreted } from "../../../lambdas/domain/conditions/interpreted-function.ts";
import { operators } from "../../../lambdas/domain/conditions/operators.ts";
import { check } from "../../../lambdas/domain/documents/problem.ts";
import { statuses } from "../../../lambdas/domain/messages/message-status.ts";

type Row = readonly [name: string, condition: unknown, facts: Facts, expected: boolean];

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../../data/conditions.json", import.meta.url), "utf8"));

/** The condition as the schema returns it, which is the form that production evaluates. */
function read(written: unknown): Condition {
  const checked = check(condition, written);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.value;
}

describe("a condition", () => {
  it.each(rows)("%s", (_, written, facts, expected) => {
    const known = read(written);
    expect(evaluate(known, facts)).toBe(expected);
    expect(evaluate(known, facts), "evaluated a second time, when it is compiled already").toBe(expected);
    expect(evaluate({ not: known }, facts), "inside not").toBe(!expected);
  });

  it.each(rows)("means the same in a browser, where no text may become code: %s", (_, written, facts, expected) => {
    const known = read(written);
    expect(compile(known, interpreted)(facts)).toBe(expected);
    expect(compile({ not: known }, interpreted)(facts), "inside not").toBe(!expected);
  });

  it.each(rows)("is not changed by the schema: %s", (_, written) => {
    expect(JSON.stringify(read(written))).toBe(JSON.stringify(written));
  });
});

describe("the table of conditions", () => {
  it("has a different name for each row", () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  /** The results of the rows whose condition is a single leaf, by operator or status. In other rows the result depends on several leaves. */
  const judged = new Map<string, Set<boolean>>();
  for (const [, written, , expected] of rows)
    eachLeaf(written as Condition, (leaf, path) => {
      if (path.length > 0) return;
      const what = "field" in leaf ? leaf.operator : "event" in leaf ? `count ${leaf.count.operator}` : leaf.status;
      judged.set(what, (judged.get(what) ?? new Set()).add(expected));
    });

  const counting = ["equals", "notEquals", "greaterThan", "greaterThanOrEquals", "lessThan", "lessThanOrEquals"];
  const all = [...Object.keys(operators), ...counting.map((name) => `count ${name}`), ...statuses];

  it.each(all)("has a row where %s is true and a row where it is false", (what) => {
    expect(judged.get(what)).toEqual(new Set([true, false]));
  });

  it.each(["all", "any", "not"])("has a row where %s is true and a row where it is false", (word) => {
    const seen = rows.filter(([, written]) => Object.hasOwn(Object(written), word)).map(([, , , expected]) => expected);
    expect(new Set(seen)).toEqual(new Set([true, false]));
  });
});

describe("two times in any spelling", () => {
  const spellings = [
    "2026-01-05T10:00:00Z",
    "2026-01-05T10:00:00.5Z",
    "2026-01-05T10:00:00.000Z",
    "2026-01-05T10:00:00.0009Z",
    "2026-01-05T10:00:00+00:00",
    "2026-01-05T11:00:00+05:00",
    "2026-01-05T09:00:00-05:00",
    "2026-01-05T24:00:00Z",
    "2026-01-06T00:00:00Z",
    "2026-01-06T00:00:00.000Z",
    "2026-01-05T24:00:00.000Z",
    "2026-01-05t10:00:00z",
    "2026-01-05t09:30:00Z",
    "2026-01-05T10:30:00z",
  ];
  const pairs = spellings.flatMap((field) => spellings.map((value) => [field, value] as const));

  it.each(pairs)("%s and %s are compared as moments", (field, value) => {
    const asked = (operator: "before" | "after") =>
      evaluate({ field: "event.at", operator, value }, { now: value, customer: {}, event: { at: field } });
    expect(asked("before")).toBe(Date.parse(field) < Date.parse(value));
    expect(asked("after")).toBe(Date.parse(field) > Date.parse(value));
  });

  it.each(["2026-02-30T00:00:00Z", "2026-01-05X10:00:00Z", "9999999999999999999Z"])("%s is not a time", (field) => {
    for (const value of ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
      for (const operator of ["before", "after"] as const)
        expect(
          evaluate({ field: "event.at", operator, value }, { now: value, customer: {}, event: { at: field } }),
        ).toBe(false);
  });
});
