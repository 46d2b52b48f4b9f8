/** Each kind of claim beside a journey that looks alike and is right; and the bounds of the check. */
import { describe, expect, it, test } from "vitest";
import { BOUNDS, modelProblems } from "../../../lambdas/domain/checks/check-model.ts";
import { segmentsAmong } from "../../../lambdas/domain/segments/segment.ts";
import { asks, is, journey, more, rows } from "./model-rows.ts";
import { notShown } from "./shown.ts";

describe("a journey with", () => {
  it.each(rows)("%s", async (_, document, codes) => {
    const problems = modelProblems(document);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const problem of problems) expect(await notShown(document, problem)).toBeUndefined();
  });
});

test("a segment counts with its condition, and one that is unknown holds for nobody", () => {
  const segments = segmentsAmong([{ id: "rich", kind: "segment", name: "R", where: more("customer.total", 100) }]);
  const document = journey({
    one: asks({ segment: "rich" }, "two"),
    two: asks({ field: "customer.total", operator: "lessThan", value: 50 }),
  });
  expect(modelProblems(document, new Map(), segments).map(({ code }) => code)).toEqual([
    "component-never-reached",
    "condition-always-false",
  ]);
});

test("customers whom a person enters have no event, so a condition that is true of all others is told with that exception", () => {
  const document = journey({ one: asks(more("event.x", 1)) }, { trigger: { event: "a", where: more("event.x", 5) } });
  expect(modelProblems(document)[0]?.message).toMatch(/enters by an audience run/);
});

test("a journey with more places than the bound is said to be unchecked, and one below it is checked", () => {
  const many = (count: number) => {
    const order = (n: number, ask: string) => asks(is(`event.f${n}`, 1), ask, ask);
    const first = Array.from({ length: count }, (_, n) => [`c-${n}`, order(n, `c-${n + 1}`)] as const);
    const second = Array.from(
      { length: count },
      (_, n) => [`c-${count + n}`, order(n, n + 1 === count ? "end" : `c-${count + n + 1}`)] as const,
    );
    return journey(Object.fromEntries([...first, ...second]));
  };
  expect(modelProblems(many(6))).toEqual([]);
  const few = { ...BOUNDS, places: 1000 };
  expect(modelProblems(many(20), new Map(), new Map(), few).map(({ code }) => code)).toEqual(["not-checked"]);
  expect(modelProblems(many(6), new Map(), new Map(), { ...BOUNDS, places: 50 }).map(({ code }) => code)).toEqual([
    "not-checked",
  ]);
  expect(modelProblems(many(6), new Map(), new Map(), { ...BOUNDS, work: 500 }).map(({ code }) => code)).toEqual([
    "not-checked",
  ]);
});
