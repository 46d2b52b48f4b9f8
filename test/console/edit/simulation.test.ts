/** A simulation beside the text: the scenarios that fit, and what it looks like at a moment. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { momentAt, momentsOf, wayOf } from "../../../console/edit/simulation/replay.ts";
import { scenariosFor } from "../../../console/edit/simulation/scenarios.ts";
import { examples } from "../../../console/engine/examples.ts";
import { journey as schema } from "../../../lambdas/domain/journey/journey.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";

const journey = schema.parse(JSON.parse(readFileSync("examples/abandoned-cart/journey.json", "utf8")));
const known = examples().map(({ name, scenario }) => ({ name, scenario: scenario as unknown as JsonObject }));
const example = examples().find(({ name }) => name === "abandoned-cart")?.scenario ?? {};

async function ran(choice: number): Promise<TimelineLine[]> {
  const lines: TimelineLine[] = [];
  const { templates = [] } = example;
  const { scenario } = scenariosFor(journey, known)[choice] ?? { scenario: {} };
  const result = await simulate({ ...scenario, journeys: [journey], templates }, (line) => lines.push(line));
  expect(result).not.toHaveProperty("problems");
  return lines;
}

test("examples with the event of the trigger are offered, then one customer", () => {
  expect(scenariosFor(journey, known).map(({ name }) => name)).toEqual(["abandoned-cart", "one customer who enters"]);
  expect(scenariosFor({ ...journey, trigger: {} }, known).map(({ name }) => name)).toEqual(["one customer who enters"]);
});

test("one customer who enters has a value where the key is read", async () => {
  const {
    trigger: { where: _, ...trigger },
  } = journey;
  const [, choice] = scenariosFor({ ...journey, trigger }, known);
  expect(choice?.scenario.events?.[0]).toMatchObject({ event: "checkout.started", data: { cartId: "1" } });
});

test("at each moment the customers are where the timeline says", async () => {
  const lines = await ran(0);
  const moments = momentsOf(lines);
  expect(moments[0]).toBe("2026-01-05T09:00:00.000Z");
  const first = momentAt(lines, moments[0] ?? "");
  expect(first.inside.map(({ customerId, componentId }) => [customerId, componentId])).toEqual([["c-1", "wait-1h"]]);
  expect(first.came.get("~trigger")).toBe(1);
  const last = momentAt(lines, moments.at(-1) ?? "");
  expect(last.inside).toEqual([]);
  expect(Object.fromEntries(last.came)).toMatchObject({
    "~trigger": 5,
    remind: 3,
    "last-call": 1,
    "~exit bought": 2,
    "~goal purchase": 4,
  });
});

test("a customer's way has the cards that the customer came to, and no other", async () => {
  const lines = await ran(0);
  const end = momentsOf(lines).at(-1) ?? "";
  expect(wayOf(lines, "c-1", end)).toEqual(new Set(["~trigger", "wait-1h", "remind", "was-read", "tag-engaged"]));
  expect(wayOf(lines, "c-4", end)).toEqual(new Set());
});
