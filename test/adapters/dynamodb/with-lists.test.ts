/** Sets that other programs write are lists. */
import { expect, test } from "vitest";
import { toCustomer } from "../../../lambdas/adapters/dynamodb/customer-items.ts";
import { imagesOf } from "../../../lambdas/adapters/dynamodb/stream-records.ts";
import { withLists } from "../../../lambdas/adapters/dynamodb/with-lists.ts";
import { evaluate } from "../../../lambdas/domain/conditions/evaluate.ts";
import { customerView } from "../../../lambdas/domain/customer/customer.ts";

test.each<[string, unknown, unknown]>([
  ["a set of texts", { a: new Set(["x", "y"]) }, { a: ["x", "y"] }],
  ["a set of numbers in a list", [new Set([1])], [[1]]],
  ["a set deep inside", { a: { b: [{ c: new Set(["x"]) }] } }, { a: { b: [{ c: ["x"] }] } }],
  ["a member called __proto__", JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"__proto__":1,"a":2}')],
  ["an empty object", {}, {}],
  ["a text", "x", "x"],
  ["null", null, null],
])("%s", (_, value, plain) => expect(withLists(value)).toEqual(plain));

test("a value without sets stays the same object", () => {
  const value = { a: [1, { b: null }] };
  expect(withLists(value)).toBe(value);
});

test("a condition finds an item of a customer's set", () => {
  const item = { customerId: "c-1", attributes: { brands: new Set(["a", "b"]) }, tags: new Set(["vip"]) };
  const customer = customerView(toCustomer(item));
  const has = (field: string, value: string) =>
    evaluate({ field, operator: "contains", value }, { now: "2026-01-01T00:00:00.000Z", customer });
  expect(has("customer.brands", "b")).toBe(true);
  expect(has("customer.brands", "c")).toBe(false);
  expect(has("customer.tags", "vip")).toBe(true);
});

test("a document in a stream record has lists", () => {
  const NewImage = { id: { S: "j" }, components: { M: { t: { M: { tags: { SS: ["a", "b"] } } } } } };
  const { after } = imagesOf({ dynamodb: { NewImage } });
  expect(after).toEqual({ id: "j", components: { t: { tags: ["a", "b"] } } });
});
