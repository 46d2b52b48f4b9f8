/** A scenario says which branch a customer takes at a split. Nothing else of the run changes. */
import { describe, expect, test } from "vitest";
import { checkScenario } from "../../simulator/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import { type Document, journey, on, start, tell } from "../behaviour/scenario-of.ts";

const tag = (name: string) => ({ type: "addTag", tags: [name] });
const branches = [{ percent: 1, next: "a" }, { percent: 1, next: "b" }, { percent: 98 }];
const components = { which: { type: "split", branches }, a: tag("a"), b: tag("b") };
const people = Array.from({ length: 20 }, (_, index) => ({ customerId: `c-${index}` }));
const events = people.map(({ customerId }) => start("01-05 10:00", { customerId }));

const run = (splits: readonly Document[], more: object = {}) =>
  tell({ journeys: [journey({ components })], customers: people, events, splits, ...more });

describe("the customer takes the branch", () => {
  test("each customer, when no customer is named", async () => {
    const { summary, warnings } = await run([{ component: "which", branch: "b" }]);
    expect(Object.values(summary.tags)).toEqual(Array(20).fill(["b"]));
    expect(warnings).toEqual([]);
  });

  test("one customer, when one is named; the first entry that fits counts", async () => {
    const { summary, warnings } = await run([
      { component: "which", branch: "a", customerId: "c-3" },
      { component: "which", branch: "end" },
    ]);
    expect(summary).toMatchObject({ completed: 20, tags: { "c-3": ["a"] } });
    expect(Object.keys(summary.tags)).toEqual(["c-3"]);
    expect(warnings).toEqual([]);
  });

  test("in one journey, when one is named", async () => {
    const journeys = [journey({ components }), journey({ id: "k", components: { ...components, b: tag("c") } })];
    const { summary } = await run([{ component: "which", branch: "b", journey: "k" }], { journeys });
    expect(Object.values(summary.tags).filter((tags) => tags.includes("c"))).toHaveLength(20);
    expect(Object.values(summary.tags).filter((tags) => tags.includes("b")).length).toBeLessThan(20);
  });

  test("at every turn of a loop, and in a later version", async () => {
    const rest = { type: "wait", for: "P1D", next: "which" };
    const loop = { ...components, a: { ...tag("a"), next: "rest" }, rest };
    const { lines } = await run([{ component: "which", branch: "a" }], {
      journeys: [journey({ components: loop, trigger: { event: "start", entry: "always" } })],
      edits: [{ at: on("01-06 00:00"), journey: journey({ components: { ...loop, c: tag("c") } }) }],
      events: [start("01-05 10:00"), start("01-07 10:00")],
      until: on("01-10 00:00"),
    });
    const outcomes = lines.flatMap((line) => (line.kind === "component" && line.type === "split" ? line.outcome : []));
    expect(outcomes).toEqual(Array(8).fill("a"));
  });
});

test("without splits, and for customers who are not named, the shares are those of production", async () => {
  const halves = {
    ...components,
    which: { type: "split", branches: [50, 50].map((percent, n) => ({ percent, next: n ? "a" : "b" })) },
  };
  const journeys = [journey({ components: halves })];
  const { tags } = (await run([], { journeys })).summary;
  const forced = (await run([{ component: "which", branch: "a", customerId: "c-0" }], { journeys })).summary.tags;
  expect({ ...forced, "c-0": [] }).toEqual({ ...tags, "c-0": [] });
});

describe("a choice that cannot have an effect", () => {
  test.each<[string, Document, string]>([
    [
      "a component that is no split",
      { component: "a", branch: "b" },
      'splits[0].component unknown-component There is no split "a" in the scenario. Known: "which".',
    ],
    [
      "a branch that the split does not have",
      { component: "which", branch: "c" },
      'splits[0].branch bad-value The split has no branch that leads to "c". Did you mean "a"?',
    ],
    [
      "a journey that the scenario does not have",
      { component: "which", branch: "a", journey: "welcome" },
      'splits[0].journey unknown-journey There is no journey "welcome" in the scenario. Known: "j".',
    ],
  ])("is a problem: %s", async (_, split, expected) => {
    const checked = checkScenario({ journeys: [journey({ components })], splits: [split] });
    if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
    const result = await simulate(checked.value, () => {});
    const problems = "problems" in result ? result.problems : [];
    expect(problems.map(({ path, code, message }) => `${path} ${code} ${message}`)).toEqual([expected]);
  });

  test.each<[string, readonly Document[], string]>([
    [
      "is a warning: a customer who does not come there",
      [{ component: "which", branch: "a", customerId: "ada" }],
      'splits[0] had no effect: the customer "ada" never came to "which"',
    ],
    [
      "is a warning: an entry behind one that fits all customers",
      [
        { component: "which", branch: "a" },
        { component: "which", branch: "b" },
      ],
      'splits[1] had no effect: an entry before it decides for each customer who came to "which"',
    ],
  ])("%s", async (_, splits, expected) => {
    expect((await run(splits)).warnings).toEqual([expected]);
  });
});
