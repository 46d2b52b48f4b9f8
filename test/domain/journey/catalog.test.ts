/** Which events and changes reach which journeys. */
import { describe, expect, test } from "vitest";
import { awaitedOf, catalogOf, type LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { journey } from "../../behaviour/scenario-of.ts";

const rest = { type: "wait", for: "P1D" };
const live = (id: string, parts: object, more: Partial<LiveJourney> = {}): LiveJourney => ({
  version: 1,
  journey: journey({ id, components: { rest }, ...parts }) as unknown as Journey,
  ...more,
});
const names = (found: readonly LiveJourney[]) => found.map(({ journey }) => journey.id);
const waiting = {
  components: {
    rest: {
      type: "waitFor",
      branches: [
        { id: "a", event: "paid" },
        { id: "b", event: "cancelled" },
        { id: "c", where: {} },
      ],
      within: "P1D",
    },
  },
};
const gold = { field: "customer.tier.name", operator: "equals", value: "gold" };

describe("an event", () => {
  const catalog = catalogOf([
    live("one", {
      trigger: { event: "start" },
      exit: [
        { id: "out", event: "order" },
        { id: "gone", where: gold },
      ],
    }),
    live("two", { trigger: { event: "start" }, goals: [{ id: "g", event: "visit" }] }),
    live("three", { ...waiting, trigger: { where: gold } }, { awaited: ["once-awaited"] }),
  ]);

  test.each([
    ["start", ["one", "two"]],
    ["order", []],
    ["visit", []],
    ["other", []],
  ])("%s is the trigger of %j", (event, expected) => expect(names(catalog.triggeredBy(event))).toEqual(expected));

  test.each([
    ["an exit's", "order", true],
    ["a goal's", "visit", true],
    ["a waitFor's", "paid", true],
    ["another branch's", "cancelled", true],
    ["an earlier version's waitFor's", "once-awaited", true],
    ["a trigger's alone", "start", false],
    ["no rule's", "other", false],
  ])("%s event is watched: %s %s", (_, event, expected) => expect(catalog.watches(event)).toBe(expected));
});

describe("a change", () => {
  const catalog = catalogOf([
    live("tier", { trigger: { where: gold } }),
    live("both", { trigger: { where: { all: [gold, { field: "customer.tier.since", operator: "exists" }] } } }),
    live("by-event", { trigger: { event: "start", where: gold } }),
  ]);

  test("reaches each journey without a trigger event whose condition reads the field, once", () => {
    expect(names(catalog.triggeredByChange(["customer.tier.name"]))).toEqual(["tier", "both"]);
    expect(names(catalog.triggeredByChange(["customer.tier.name", "customer.tier.since"]))).toEqual(["tier", "both"]);
    expect(names(catalog.triggeredByChange(["customer.tier.since"]))).toEqual(["both"]);
    expect(names(catalog.triggeredByChange(["customer.tier"]))).toEqual([]);
  });

  test("is indexed by the attribute that contains the field", () => {
    expect([...catalog.changeFields]).toEqual([["tier", ["customer.tier.name", "customer.tier.since"]]]);
  });
});

test("the catalog lists each awaited event once, of the live version and of earlier versions", () => {
  expect(awaitedOf(live("j", waiting, { awaited: ["shipped", "paid"] }))).toEqual(["shipped", "paid", "cancelled"]);
  expect(awaitedOf(live("j", {}))).toEqual([]);
});
