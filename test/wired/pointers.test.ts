/**
 * The reads by which functions find out which journeys are live: no drafts, and only one journey where one is needed.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { published } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { countUnits, type Units } from "./units.ts";
import { entered, visited, walk } from "./visitors.ts";

const [LIVE, DRAFTS] = [10, 1000];
let stack: Stack;
let units: Units;

beforeAll(async () => {
  stack = await visited();
  for (let number = 3; number <= LIVE; number++) await stack.save({ ...walk, id: `live-${number}` });
  await stack.save({ ...walk, id: "draft", status: "draft", trigger: { event: "start" } });
  const saved = stack.tables.items("the-journeys").find(({ id, version }) => id !== "draft" && version === "draft");
  for (let number = 1; number < DRAFTS; number++)
    stack.tables.put("the-journeys", { ...saved, version: `draft-${number}` });
  stack.tables.changes("the-journeys");
  units = countUnits(stack, "the-journeys");
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  // Cold functions have no cached journeys.
  await stack.restart();
  stack.forget();
  units.read = 0;
});

const pointersOf = () => [
  ...stack.aws.of("Query").filter(({ TableName }) => TableName === "the-journeys"),
  ...stack.aws.of("GetItem").filter(({ TableName }) => TableName === "the-journeys"),
];

describe(`with ${LIVE} live journeys and ${DRAFTS} drafts`, () => {
  test("an event reads the live journeys, and neither reads nor stores anything for a draft", async () => {
    await stack.deliver("trigger-matcher", published("start", { customerId: "c-1" }, { id: "start-1" }));
    expect(units.read).toBe(1);
    expect(stack.tables.items("the-customers").filter(({ sk }) => String(sk).startsWith("reason#"))).toEqual([]);
  });

  test("advance reads the pointer of one journey", async () => {
    const ids = await entered(stack, "walks");
    await stack.restart();
    stack.forget();
    units.read = 0;
    await stack.call("advance", ids);
    expect(pointersOf().map(({ Key }) => Key)).toEqual([
      { id: { S: "~live" }, version: { S: "j" } },
      { id: { S: "j" }, version: { S: "v1" } },
    ]);
    expect(units.read).toBe(2);
  });

  test("a function that saves a journey reads the pointer of this one", async () => {
    await stack.save({ ...walk, id: "live-3", name: "Another name" });
    const queries = stack.aws.of("Query").map(({ ExpressionAttributeValues }) => ExpressionAttributeValues);
    expect(queries).not.toContainEqual({ ":live": { S: "~live" } });
  });
});
