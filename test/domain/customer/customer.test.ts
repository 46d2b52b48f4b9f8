/** A customer's changes, tags, topics and view. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changedFields,
  customerView,
  email,
  isBeforeErasure,
  isChange,
  isUnsubscribed,
  unknownCustomer,
} from "../../../lambdas/domain/customer/customer.ts";
import { changeTags, mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import type { Json, JsonObject } from "../../../lambdas/domain/values/json.ts";
import { by, early, late, merged, mid } from "./merged.ts";

describe("mergeChanges", () => {
  test("a change without effect returns the same customer", () => {
    const customer = merged([{ a: 1, tags: ["x"] }, mid]);
    for (const [change, time] of [
      [{ a: 1 }, mid],
      [{ a: 2 }, early],
      [{ tags: ["x"] }, mid],
      [{ tags: [] }, early],
      [{}, late],
    ] as const)
      expect(mergeChanges(customer, change, time, 0), JSON.stringify(change)).toBe(customer);
  });

  test("the same value with a newer time stores the time, so that no older change wins", () => {
    const customer = merged([{ a: 1 }, early], [{ a: 1 }, late]);
    expect(mergeChanges(customer, { a: 2 }, mid, 0)).toBe(customer);
  });

  test.each([
    ["the same value", { a: 1 }, { a: 1 }],
    ["the same tags in another order", { tags: ["x", "y"] }, { tags: ["y", "x"] }],
    ["the same topic", { topics: { news: false } }, { topics: { news: false } }],
    ["null for an attribute that is not stored", { a: 1 }, { b: null }],
  ])(
    "%s at a newer time is no change: the newest change stays the one of an earlier revision",
    (_, first, repeated) => {
      const stored = { ...mergeChanges(unknownCustomer("c-1"), first, early, 1, by("e1")), revision: 1 };
      const after = { ...mergeChanges(stored, repeated, late, 0, by("e2")), revision: 2 };
      expect(after).toMatchObject({ changedRevision: 1, changedAt: early, changedBy: "e1", hops: 1 });
      expect(isChange(stored, after)).toBe(false);
      const changed = mergeChanges(after, { a: 7 }, late, 0, by("e3"));
      expect([changed.changedRevision, changed.changedBy, isChange(after, changed)]).toEqual([undefined, "e3", true]);
    },
  );

  test("stores the time and the event of the newest change", () => {
    const customer = mergeChanges(unknownCustomer("c-1"), { a: 1 }, mid, 3, by("e1"));
    expect(customer).toMatchObject({ changedAt: mid, changedBy: "e1", changedByName: "order", hops: 3, revision: 0 });
    expect(mergeChanges(customer, { b: 1 }, early, 0, by("e2"))).toMatchObject({
      changedAt: early,
      changedBy: "e2",
      hops: 0,
    });
    const byJourney = mergeChanges(customer, { b: 1 }, late, 0);
    expect(byJourney).not.toHaveProperty("changedBy");
    expect(byJourney).not.toHaveProperty("changedByName");
  });

  test("a change from before a deletion, or with its time, has no effect", () => {
    const tombstone = { ...unknownCustomer("c-1"), deletedAt: mid };
    expect(mergeChanges(tombstone, { a: 1 }, early, 0)).toBe(tombstone);
    expect(mergeChanges(tombstone, { a: 1 }, mid, 0)).toBe(tombstone);
    expect(mergeChanges(tombstone, { a: 1 }, late, 0)).toMatchObject({ attributes: { a: 1 }, deletedAt: mid });
  });

  test("an attribute may have the name of a prototype member", () => {
    const change = JSON.parse('{"__proto__": 1, "constructor": 2, "hasOwnProperty": 3}') as JsonObject;
    const { attributes, times } = merged([change, mid]);
    expect(Object.keys(attributes)).toEqual(["__proto__", "constructor", "hasOwnProperty"]);
    expect(Object.keys(times)).toEqual(["__proto__", "constructor", "hasOwnProperty"]);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
    const again = mergeChanges(merged([change, mid]), change, mid, 0);
    expect(again).toEqual(merged([change, mid]));
  });

  test("does not mutate its arguments", () => {
    const customer = Object.freeze(merged([{ a: 1, tags: ["x"] }, mid]));
    Object.freeze(customer.attributes);
    Object.freeze(customer.times);
    expect(() => mergeChanges(customer, { a: 2, tags: [] }, late, 0)).not.toThrow();
  });

  test("any order of arrival gives the same customer", () => {
    const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 }));
    const change = fc.record({ a: value, b: value, tags: fc.option(fc.subarray(["x", "y"])) }, { requiredKeys: [] });
    const changes = fc.array(change, { maxLength: 6 });
    fc.assert(
      fc.property(
        changes.chain((list) => {
          const timed = list.map((change, index) => ({
            change: change as JsonObject,
            time: `2026-01-0${index + 1}T00:00:00.000Z`,
          }));
          return fc.tuple(
            fc.constant(timed),
            fc.shuffledSubarray(timed, { minLength: timed.length, maxLength: timed.length }),
          );
        }),
        ([inOrder, shuffled]) => {
          const known = (list: typeof inOrder) => {
            const { attributes, tags, times } = merged(
              ...list.map(({ change, time }) => [change, time] as [JsonObject, string]),
            );
            return { attributes, tags, times };
          };
          expect(known(shuffled)).toEqual(known(inOrder));
        },
      ),
    );
  });
});

describe("bounces and complaints on the profile", () => {
  const suppressed = { email: "old@shop.example", reason: "bounced", at: mid } as const;
  const customer = { ...merged([{ email: "old@shop.example" }, early]), suppressed };
  test.each<[string, JsonObject, boolean]>([
    ["another attribute", { n: 1 }, true],
    ["the same address", { email: "old@shop.example" }, true],
    ["no address any more", { email: null }, true],
    ["a new address", { email: "new@shop.example" }, false],
  ])("%s", (_, change, kept) => {
    expect(mergeChanges(customer, change, late, 0).suppressed).toEqual(kept ? suppressed : undefined);
  });
});

describe("changeTags", () => {
  const customer = merged([{ tags: ["b", "a"] }, mid]);
  test.each([
    ["adds", ["c"], [], ["a", "b", "c"]],
    ["adds once", ["c", "c"], [], ["a", "b", "c"]],
    ["removes", [], ["a"], ["b"]],
    ["both", ["c"], ["a"], ["b", "c"]],
  ])("%s", (_, add, remove, tags) => {
    expect(changeTags(customer, add, remove, late, 2)).toMatchObject({
      tags,
      times: { tags: late },
      changedAt: late,
      hops: 2,
    });
  });

  test("a change without effect returns the same customer", () => {
    expect(changeTags(customer, ["a"], ["x"], late, 0)).toBe(customer);
  });

  test("gets a time after every stored one, so that an older event cannot undo it", () => {
    const ahead = changeTags(merged([{ tags: [] }, late]), ["x"], [], early, 0);
    expect(ahead.times.tags).toBe(late);
    expect(ahead.changedAt).toBe(late);
    expect(changeTags(unknownCustomer("c-1"), ["x"], [], mid, 0).times.tags).toBe(mid);
  });
});

describe("the customer as conditions and templates see it", () => {
  test("has the attributes, the tags and the id, which no attribute can replace", () => {
    expect(customerView(merged([{ a: 1, customerId: "other" }, mid]))).toEqual({ a: 1, customerId: "c-1", tags: [] });
  });

  test.each<[string, Json, Json, string[]]>([
    ["another value", 1, 2, ["customer.a"]],
    ["the same value", 1, 1, []],
    ["the same content", { x: [1, { y: 2 }] }, { x: [1, { y: 2 }] }, []],
    ["another member", { x: 1 }, { x: 2 }, ["customer.a"]],
    ["gone", 1, null, ["customer.a"]],
    ["another type", 1, "1", ["customer.a"]],
  ])("changedFields: %s", (_, before, after, expected) => {
    const [old, current] = [merged([{ a: before }, early]), merged([{ a: before }, early], [{ a: after }, late])];
    const paths = new Map(["a", "b", "tags"].map((name) => [name, [`customer.${name}`]]));
    expect(changedFields(old, current, paths)).toEqual(expected);
  });
});

test.each<[Json, boolean]>([
  [true, true],
  [false, false],
  ["true", true],
  ["false", false],
  [null, false],
  [1, true],
  ["yes", true],
  ["", true],
])("unsubscribed %j: %s", (value, expected) =>
  expect(isUnsubscribed(merged([{ unsubscribed: value }, mid]))).toBe(expected),
);

test.each<[Json, string | undefined]>([
  ["a@b.example", "a@b.example"],
  ["", undefined],
  [7, undefined],
  [null, undefined],
])("address %j: %s", (value, expected) => expect(email(merged([{ email: value }, mid]))).toBe(expected));

describe("topics", () => {
  const known = merged([{ topics: { news: false, offers: true } }, early]);

  test("an event may hold 20,000 topics: the work grows with their number, not with its square", () => {
    const topics = Object.fromEntries(Array.from({ length: 20_000 }, (_, number) => [`topic-${number}`, false]));
    const { attributes } = mergeChanges(known, { topics }, late, 0);
    expect(attributes.topics).toEqual({ news: false, offers: true, ...topics });
  });

  test.each<[string, Json, JsonObject]>([
    ["one of them", { news: true }, { news: true, offers: true }],
    ["another", { tips: false }, { news: false, offers: true, tips: false }],
    ["null for one", { news: null }, { offers: true }],
    ["null for all", null, {}],
    ["a word, which is a mistake", "none", { news: false, offers: true }],
    ["a list, which is a mistake", ["news"], { news: false, offers: true }],
  ])("%s", (_, topics, expected) => {
    expect(mergeChanges(known, { topics }, late, 0).attributes.topics).toEqual(expected);
  });

  test.each([
    ["an older choice that comes later stays removed", early, undefined],
    ["a newer choice counts", late, false],
  ])("null for all, before any choice is known: %s", (_, time, expected) => {
    const removed = mergeChanges(unknownCustomer("c-1"), { topics: null }, mid, 0);
    expect(isChange(unknownCustomer("c-1"), { ...removed, revision: 1 })).toBe(false);
    const { attributes } = mergeChanges(removed, { topics: { news: false } }, time, 0);
    expect((attributes.topics as JsonObject | undefined)?.news).toBe(expected);
  });
});

test.each([
  [undefined, late, false],
  [mid, early, true],
  [mid, mid, true],
  [mid, late, false],
])("erased at %s, what happened at %s is forgotten: %s", (deletedAt, time, forgotten) => {
  expect(isBeforeErasure(deletedAt === undefined ? {} : { deletedAt }, time)).toBe(forgotten);
});
