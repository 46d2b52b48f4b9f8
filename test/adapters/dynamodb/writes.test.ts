/** How counts are laid out: apart for long journeys, in one item for short ones, and the same counts either way. */
import { expect, test } from "vitest";
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

/** What stands in the table afterwards, under the names that readers put together: scope and count. */
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

test("apart, every component and message has an item", () =>
  expect(stored(false)).toEqual({ scopes: ["journey", "component.wait-1", "message.remind"], read: counts }));

test("together, there is one", () => expect(stored(true)).toEqual({ scopes: ["journey"], read: counts }));
