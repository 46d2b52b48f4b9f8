/** The store in memory keeps the promises of the real one: complete commits or none, and the same failing conditions. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Change } from "../../lambdas/app/store.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import type { Stored } from "../../simulator/memory-commit.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";
import { eventOf } from "../app/world.ts";
import { enrolled, LATER, NOW } from "../domain/enrolled.ts";

function stored() {
  const stream: Stored[] = [];
  const store = new MemoryStore((change) => void stream.push(change));
  return { store, stream };
}

const customer = (revision: number) => ({ ...unknownCustomer("c-1"), revision });
const counts: Change = { kind: "counts", journeyId: "j", counts: { entered: 1 }, shardKey: "e" };
const entry = (revision: number, key?: string): Change => ({
  kind: "entry",
  entry: {
    customerId: "c-1",
    journeyId: "j",
    count: revision,
    lastEnteredAt: NOW,
    revision,
    ...(key !== undefined && { key }),
  },
});

const sends: Change = { kind: "sends", sends: { customerId: "c-1", sends: [], revision: 1 } };

describe("a condition that fails stores nothing of the commit", () => {
  test.each<[string, Change, Change]>([
    [
      "a customer of a wrong revision",
      { kind: "customer", customer: customer(1) },
      { kind: "customer", customer: customer(3) },
    ],
    [
      "a customer who was to be unchanged",
      { kind: "customer", customer: customer(1) },
      { kind: "unchanged", customer: customer(2) },
    ],
    [
      "an enrollment of a wrong revision",
      { kind: "enrollment", enrollment: enrolled() },
      { kind: "enrollment", enrollment: enrolled() },
    ],
    [
      "a removal of a wrong revision",
      { kind: "enrollment", enrollment: enrolled() },
      { kind: "removal", enrollment: enrolled({ revision: 2 }) },
    ],
    ["what was sent, of a wrong revision", sends, sends],
    ["an entry of a wrong revision", entry(1), entry(1)],
    [
      "an event with a known id",
      { kind: "event", event: eventOf("x", { id: "e" }), watched: true },
      { kind: "event", event: eventOf("y", { id: "e" }), watched: true },
    ],
  ])("%s", async (_, first, second) => {
    const { store, stream } = stored();
    await store.commit([first]);
    const told = stream.length;
    await expect(store.commit([counts, second])).rejects.toThrow(ConflictError);
    expect(store.counts.get("j")).toBeUndefined();
    expect(stream).toHaveLength(told);
  });

  test.each<[string, Change[]]>([
    [
      "a first customer and the next",
      [
        { kind: "customer", customer: customer(1) },
        { kind: "customer", customer: customer(2) },
      ],
    ],
    ["somebody unknown who is to be unchanged", [{ kind: "unchanged", customer: customer(0) }]],
    ["entries of two keys", [entry(1), entry(1, "k")]],
    [
      "a removal of what is there",
      [
        { kind: "enrollment", enrollment: enrolled() },
        { kind: "removal", enrollment: enrolled() },
      ],
    ],
  ])("%s is stored", async (_, changes) => {
    const { store } = stored();
    for (const change of changes) await store.commit([change]);
  });
});

test("the stream delivers every stored change, with the value before it", async () => {
  const { store, stream } = stored();
  await store.commit([{ kind: "customer", customer: customer(1) }]);
  await store.commit([{ kind: "customer", customer: customer(2) }, counts, entry(1)]);
  await store.commit([{ kind: "enrollment", enrollment: enrolled() }]);
  await store.commit([{ kind: "removal", enrollment: enrolled() }]);
  expect(stream).toMatchObject([
    { kind: "customer", before: { revision: 0 }, after: { revision: 1 } },
    { kind: "customer", before: { revision: 1 }, after: { revision: 2 } },
    { kind: "enrollment", before: undefined, after: { revision: 1 } },
  ]);
});

test("events are found by name, after a moment, in order of time", async () => {
  const { store } = stored();
  for (const [id, name, time] of [
    ["b", "x", LATER],
    ["a", "x", NOW],
    ["c", "y", LATER],
  ] as const)
    await store.commit([{ kind: "event", event: eventOf(name, { id, time }), watched: true }]);
  expect((await store.events("c-1", "x", "")).map(({ id }) => id)).toEqual(["a", "b"]);
  expect((await store.events("c-1", "x", NOW)).map(({ id }) => id)).toEqual(["b"]);
  expect(await store.events("c-2", "x", "")).toEqual([]);
});

test("the store lists the active enrollments of a journey, and the overdue ones", async () => {
  const { store } = stored();
  const put = (enrollmentId: string, more: object) =>
    store.commit([{ kind: "enrollment", enrollment: { ...enrolled({ enrollmentId }), ...more } }]);
  await put("a", { dueAt: NOW });
  await put("b", { dueAt: LATER });
  await put("c", { status: "completed" });
  await put("d", { journeyId: "k", dueAt: NOW });
  const ids = async (refs: AsyncIterable<{ enrollmentId: string }>) =>
    (await Array.fromAsync(refs)).map(({ enrollmentId }) => enrollmentId);
  expect(await ids(store.inside("j"))).toEqual(["a", "b"]);
  expect(await ids(store.inside("none"))).toEqual([]);
  expect(await ids(store.overdue(LATER))).toEqual(["a", "d"]);
});

test("an erasure removes data up to its moment, and leaves later data, the customer and the enrollments", async () => {
  const { store } = stored();
  const later = enrolled({ enrollmentId: "later", key: "k" });
  await store.commit([
    { kind: "customer", customer: customer(1) },
    entry(1),
    entry(1, "k"),
    { kind: "enrollment", enrollment: { ...later, trigger: { ...later.trigger, time: LATER } } },
    { kind: "event", event: eventOf("x", { id: "e", time: NOW }), watched: true },
    { kind: "event", event: eventOf("x", { id: "f", time: LATER }), watched: true },
  ]);
  await store.erase("c-1", NOW);
  expect((await store.customer("c-1")).revision).toBe(1);
  expect(await store.entry("c-1", "j", undefined)).toBeUndefined();
  expect(await store.entry("c-1", "j", "k")).toBeDefined();
  expect(await store.event("c-1", "e")).toBeUndefined();
  expect(await store.event("c-1", "f")).toBeDefined();
  expect(await store.enrollments("c-1")).toHaveLength(1);
});
