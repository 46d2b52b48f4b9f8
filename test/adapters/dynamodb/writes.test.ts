/** The layout of counts: several items for a long journey, one item for a short one, and the same counts in both. */
import { expect, test } from "vitest";
import { summed } from "../../../lambdas/adapters/dynamodb/breakers.ts";
import { writesOf } from "../../../lambdas/adapters/dynamodb/writes.ts";
import type { Counts } from "../../../lambdas/domain/counters/counts.ts";

const settings = { customers: "c", counters: "n", eventRetentionDays: 1, now: () => "2026-01-01T00:00:00.000Z" };
const counts: Counts = {
  entered: 1,
  active: -1,
  "exited.bought": 1,
  "component.wait-1.entered": 1,
  "component.wait-1.left.done": 1,
  "message.remind.sent": 1,
};

/** The stored counts, under the names that readers make from scope and count. */
function stored(together: boolean) {
  const writes = writesOf([{ kind: "counts", journeyId: "j", counts, shardKey: "e", singleItem: together }], settings);
  const items = writes.map(({ Update }) => ({
    scope: String(Update?.Key?.scope),
    added: Object.keys(Update?.ExpressionAttributeNames ?? {}).map((name) => [
      Update?.ExpressionAttributeNames?.[name] as string,
      Update?.ExpressionAttributeValues?.[name.replace("#", ":")] as number,
    ]),
  }));
  const read = items.flatMap(({ scope, added }) =>
    added.map(([name, n]) => [scope === "journey" ? name : `${scope}.${name}`, n]),
  );
  return { scopes: items.map(({ scope }) => scope), read: Object.fromEntries(read) };
}

test("in several items, each component and each message has its own", () =>
  expect(stored(false)).toEqual({ scopes: ["journey", "component.wait-1", "message.remind"], read: counts }));

test("in one item, all counts are there", () => expect(stored(true)).toEqual({ scopes: ["journey"], read: counts }));

test("the counts of an earlier release, which said `held` for an open breaker, are added to those of this one", () =>
  expect(
    summed([
      { journey: "j#1", scope: "message.remind", "skipped.held": 2, sent: 1 },
      { journey: "j#2", scope: "journey", "message.remind.skipped.breaker-open": 3, "exited.held": 1 },
    ]),
  ).toEqual({ "message.remind.skipped.breaker-open": 5, "message.remind.sent": 1, "exited.held": 1 }));
