/** The units that DynamoDB bills for items, by the examples and rules of its documentation. */
import { describe, expect, test } from "vitest";
import { itemSize, readUnits, writeUnits } from "../../../insight/cost/capacity.ts";
import { WrittenItems } from "../../../insight/cost/written-items.ts";
import { COUNTER_SHARDS, writesOf } from "../../../lambdas/adapters/dynamodb/writes.ts";
import type { Change } from "../../../lambdas/app/store.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { enrolled } from "../../domain/enrolled.ts";

test.each([
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
  ["names and texts in UTF-8", { sk: "profile", name: "Zoë" }, 2 + 7 + 4 + 4],
  ["nothing for what is not stored", { a: undefined }, 0],
  ["a byte for null and for a boolean", { a: null, b: true }, 2 + 2],
  ["a byte for two digits, and one", { n: 5, m: 1234 }, 1 + 2 + (1 + 3)],
  ["a byte more for a minus", { n: -5 }, 1 + 3],
  ["no zeros at the end", { n: 27000 }, 1 + 2],
  ["three bytes for a list, and one for each item", { l: ["a", "b"] }, 1 + 3 + 2 + 2],
  ["three bytes for a map, and one for each member", { m: { a: "b" } }, 1 + 3 + 1 + 2],
])("an item takes %s", (_, item, bytes) => expect(itemSize(item)).toBe(bytes));

test.each([
  [0, 1, 1],
  [1024, 1, 1],
  [1025, 2, 1],
  [4096, 4, 1],
  [4097, 5, 2],
])("%i bytes are written for %i and read for %i units, half of that for an older view", (bytes, write, read) => {
  expect([writeUnits(bytes), readUnits(bytes, true), readUnits(bytes, false)]).toEqual([write, read, read / 2]);
});

describe("a request", () => {
  const settings = { customers: "c", counters: "n", eventRetentionDays: 1, now: () => "2026-01-01T00:00:00.000Z" };
  const customer = { ...unknownCustomer("c-1"), revision: 1 };
  const enrollment = { ...enrolled(), revision: 1, dueAt: "2026-01-01T00:00:00.000Z" };
  const event = {
    id: "e",
    deliveryId: "d",
    source: "shop",
    name: "go",
    customerId: "c-1",
    time: "2026-01-01T00:00:00.000Z",
    data: {},
    hops: 0,
  } as never;

  const units = (before: readonly Change[], changes: readonly Change[], transaction: boolean) => {
    const items = new WrittenItems();
    items.stored(writesOf(before, settings));
    return items.units(writesOf(changes, settings), transaction);
  };
  const due = (dueAt: string | undefined, revision = 2) => ({
    kind: "enrollment" as const,
    enrollment: { ...enrollment, revision, dueAt } as Enrollment,
  });

  test.each<[string, Change[], Change[], boolean, number]>([
    ["a customer, alone", [], [{ kind: "customer", customer }], false, 1],
    ["a customer, in a transaction", [], [{ kind: "customer", customer }], true, 2],
    ["a check that writes nothing", [], [{ kind: "unchanged", customer }], true, 2],
    ["an event, in its index too", [], [{ kind: "event", event, watched: true }], false, 2],
    ["a new enrollment, in its index too", [], [due(enrollment.dueAt, 1)], false, 2],
    ["one whose place in the index stays", [due(enrollment.dueAt, 1)], [due(enrollment.dueAt)], false, 1],
    ["one whose place changes", [due(enrollment.dueAt, 1)], [due("2026-02-01T00:00:00.000Z")], false, 3],
    ["one that leaves it", [due(enrollment.dueAt, 1)], [due(undefined)], false, 2],
  ])("of %s", (_, before, changes, transaction, expected) =>
    expect(units(before, changes, transaction)).toBe(expected),
  );

  test("of counts grows with the counter that they are added to", () => {
    const counts = (n: number): Change => ({
      kind: "counts",
      journeyId: "j",
      counts: Object.fromEntries(Array.from({ length: n }, (_, index) => [`count-of-something-${index}`, 1])),
      shardKey: "s",
    });
    expect([
      units([], [counts(1)], true),
      units([], [counts(60)], true),
      units([counts(60)], [counts(1)], true),
    ]).toEqual([2, 4, 4]);
    expect(COUNTER_SHARDS).toBe(16);
  });
});
