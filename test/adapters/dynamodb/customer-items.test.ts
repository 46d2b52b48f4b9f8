/** Which items an erasure deletes. */
import { expect, test } from "vitest";
import {
  customerItem,
  enrollmentItem,
  entryItem,
  eventItem,
  forgotten,
  type Item,
  reasonItem,
} from "../../../lambdas/adapters/dynamodb/customer-items.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { eventOf, START } from "../../app/world.ts";
import { on } from "../../behaviour/scenario-of.ts";
import { enrolled } from "../../domain/enrolled.ts";

const [before, until, after] = [on("01-05 09:00"), on("01-05 10:00"), on("01-05 11:00")] as const;
const enrollment = (enrollmentId: string, key: string, time: string) => {
  const base = enrolled({ enrollmentId, key });
  return enrollmentItem({ ...base, trigger: { ...base.trigger, time } });
};
const entry = (key: string) =>
  entryItem({ customerId: "c-1", journeyId: "j", key, count: 1, lastEnteredAt: before, revision: 1 });
const refused = { customerId: "c-1", enrollmentId: "x", journeyId: "j", journeyVersion: 1, eventId: "e" };
const reason = (deliveryId: string, time: string) =>
  reasonItem({ ...refused, deliveryId, reason: "entry-limit", time, at: after }, START);
const event = (id: string, time: string) => eventItem(eventOf("x", { id, time }), START, 30);

test("the sort key of an entry stays within DynamoDB's 1,024 bytes, whatever the key holds", () => {
  const sorts = ["\u0001", "\u0002"].map((character) => entry(character.repeat(256)).sk as string);
  expect(sorts.every((sk) => Buffer.byteLength(sk) <= 1024)).toBe(true);
  expect(sorts[0]).not.toBe(sorts[1]);
});

const kept: Item[] = [
  customerItem(unknownCustomer("c-1")),
  enrollment("old", "k1", before),
  enrollment("new", "k2", after),
  entry("k2"),
  event("new", after),
  reason("new", after),
];
const gone: Item[] = [entry("k1"), event("old", before), event("then", until), reason("old", before)];

test("events and reasons go by their time, entries unless a later enrollment belongs to them; profile and enrollments stay", () => {
  expect(forgotten([...kept, ...gone], until)).toEqual(gone);
});

test("an item of an unknown kind, or without a usable time, goes", () => {
  const strange = { customerId: "c-1", sk: "event#x", time: 7 };
  expect(forgotten([strange, { customerId: "c-1", sk: "other" }], until)).toHaveLength(2);
});
