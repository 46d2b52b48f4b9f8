/** The form of paths, and the names in them. */
import { describe, expect, test } from "vitest";
import { EVENT_PATH, namesIn, PATH, parsePath, pathOf } from "../../../lambdas/domain/values/path.ts";

describe("a path", () => {
  test.each<[string, string, string[]]>([
    ["event.total", "event", ["total"]],
    ["customer.tags", "customer", ["tags"]],
    ["event.items.0.sku", "event", ["items", "0", "sku"]],
    ["enrollment.key", "enrollment.key", []],
    ["enrollment.event.sku", "enrollment.event", ["sku"]],
    ['customer["Plan Name"]', "customer", ["Plan Name"]],
    ["customer['Plan Name']", "customer", ["Plan Name"]],
    ['event.utm["source.raw"]', "event", ["utm", "source.raw"]],
    ['event["a"]["b c"].d', "event", ["a", "b c", "d"]],
    ['enrollment.event["source.raw"]', "enrollment.event", ["source.raw"]],
    ['event["say \\"hi\\""]', "event", ['say "hi"']],
    ['event["it\'s"]', "event", ["it's"]],
    ['event["a]b[c"]', "event", ["a]b[c"]],
    ['event["back\\\\slash"]', "event", ["back\\slash"]],
    ['event["event"].customer', "event", ["event", "customer"]],
  ])("%s reads %s, %j", (path, root, names) => {
    expect(PATH.test(path)).toBe(true);
    expect(parsePath(path)).toEqual({ root, names });
    expect(parsePath(pathOf(parsePath(path).root, names))).toEqual({ root, names });
  });

  test.each([
    "event",
    "event.",
    "event..a",
    "event.a b",
    "event.a'b",
    'event.a"b',
    "event.items[0]",
    "event[]",
    'event[""]',
    'event["a',
    'event["a"b',
    'event["a"]b',
    'event["a\n"]',
    "event[a]",
    "enrollment.id",
    "enrollment.event",
    'enrollment["key"]',
    "Event.total",
    "tags",
    `event.${"a".repeat(129)}`,
    `event["${"a".repeat(129)}"]`,
    `event${".a".repeat(17)}`,
  ])("%s is not one", (path) => expect(PATH.test(path)).toBe(false));

  test.each([
    ["event.cartId", true],
    ['event["cart id"]', true],
    ["customer.cartId", false],
    ["enrollment.event.cartId", false],
  ])("%s is a path into the event: %s", (path, is) => expect(EVENT_PATH.test(path)).toBe(is));
});

test("a stored path of the time before quotes is read as it was", () => {
  expect(namesIn("customer.items[0]")).toEqual(["items[0]"]);
  expect(namesIn("customer.it's")).toEqual(["it's"]);
});
