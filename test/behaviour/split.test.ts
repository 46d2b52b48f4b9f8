/** Journey format §1.3: `split`. */
import { describe, expect, test } from "vitest";
import { crowd, ofACrowd } from "../crowd.ts";
import { journey, start, tell } from "./scenario-of.ts";

const tag = (name: string, next?: string) => ({ type: "addTag", tags: [name], ...(next && { next }) });
const halves = (next: readonly [string?, string?]) => ({
  type: "split",
  branches: next.map((to, index) => ({ percent: index === 0 ? 50 : 50, ...(to && { next: to }) })),
});
const customers = (n: number) => Array.from({ length: n }, (_, index) => ({ customerId: `c-${index}` }));
const starts = (n: number, at = "01-05 10:00") => customers(n).map((customer) => start(at, { ...customer }));

/** The tags of every customer at the end. */
async function tagsOf(n: number, components: object, more: object = {}) {
  const journeys = [journey({ components: components as Record<string, unknown>, ...more })];
  const { summary } = await tell({ journeys, customers: customers(n), events: starts(n) });
  return summary.tags;
}

const PEOPLE = crowd(10_000);

test(`the shares hold within 2 points over ${PEOPLE} customers`, ofACrowd, async () => {
  const branches = [
    { percent: 10, next: "a" },
    { percent: 33.3, next: "b" },
    { percent: 56.7, next: "c" },
  ];
  const components = { split: { type: "split", branches }, a: tag("a"), b: tag("b"), c: tag("c") };
  const tags = Object.values(await tagsOf(PEOPLE, components)).map(([name]) => name);
  const percent = (name: string) => tags.filter((found) => found === name).length / (PEOPLE / 100);
  for (const [name, share] of [
    ["a", 10],
    ["b", 33.3],
    ["c", 56.7],
  ] as const)
    expect(Math.abs(percent(name) - share), name).toBeLessThan(2);
  expect(tags).toHaveLength(PEOPLE);
});

describe("sticky: the same customer always takes the same branch of the same component", () => {
  const components = { split: halves(["a", "b"]), a: tag("a"), b: tag("b") };

  test("at every entry, and at every turn of a loop", async () => {
    const again = {
      split: halves(["a", "b"]),
      a: tag("a", "rest"),
      b: tag("b", "rest"),
      rest: { type: "wait", for: "P30D", next: "split" },
    };
    const tags = Object.values(await tagsOf(200, again, { trigger: { event: "start", entry: "always" } }));
    expect(tags.filter((names) => names.length !== 1)).toEqual([]);
  });

  test("in another run, and in a new version of the journey", async () => {
    const first = await tagsOf(200, components);
    expect(await tagsOf(200, { ...components, b: tag("b", "c"), c: tag("b") })).toEqual(first);
  });

  test("another split of the journey, and the same split of another journey, assign independently", async () => {
    const two = {
      one: halves(["a", "b"]),
      a: tag("a", "two"),
      b: tag("b", "two"),
      two: halves(["c", "d"]),
      c: tag("c"),
      d: tag("d"),
    };
    const pairs = Object.values(await tagsOf(400, two)).map((names) => names.join(""));
    for (const pair of ["ac", "ad", "bc", "bd"]) {
      const found = pairs.filter((other) => other === pair).length;
      expect(found, pair).toBeGreaterThan(60);
    }
    expect(await tagsOf(200, components, { id: "k" })).not.toEqual(await tagsOf(200, components));
  });
});

test("every customer takes a branch of 100 percent, and a branch without next ends the journey", async () => {
  const branches = [{ percent: 99.999999999 }, { percent: 0.000000001, next: "a" }];
  const journeys = [journey({ components: { split: { type: "split", branches }, a: tag("a") } })];
  const { summary, lines } = await tell({ journeys, customers: customers(50), events: starts(50) });
  expect(summary).toMatchObject({ completed: 50, tags: {} });
  expect(lines.find(({ kind }) => kind === "component")).toMatchObject({ type: "split", outcome: "end" });
});
