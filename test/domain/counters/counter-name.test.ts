/** The grammar of counter names: each name is parsed to its counter, and other texts are refused. */
import { expect, test } from "vitest";
import { byScope, wholeName } from "../../../lambdas/domain/counters/counter-items.ts";
import {
  type Counter,
  counterName,
  erasedName,
  parseCounterName,
} from "../../../lambdas/domain/counters/counter-name.ts";

const componentId = "x";

test.each<[string, Counter]>([
  ["entered", { scope: "journey", count: "entered" }],
  ["active", { scope: "journey", count: "active" }],
  ["completed", { scope: "journey", count: "completed" }],
  ["exited", { scope: "journey", count: "exited" }],
  ["exited.bought", { scope: "ending", status: "exited", reason: "bought" }],
  ["exited.", { scope: "ending", status: "exited", reason: "" }],
  ["failed.States.Timeout", { scope: "ending", status: "failed", reason: "States.Timeout" }],
  ["goal.sale", { scope: "goal", goalId: "sale" }],
  ["component.x.entered", { scope: "component", componentId, count: "entered" }],
  ["component.x.left.notMet", { scope: "component", componentId, count: "left", outcome: "notMet" }],
  ["message.x.clicked", { scope: "message", componentId, count: "clicked" }],
  ["message.x.unknown", { scope: "message", componentId, count: "unknown" }],
  ["message.x.skipped.no-address", { scope: "message", componentId, count: "skipped", reason: "no-address" }],
  ["message.x.byApp.bounced", { scope: "byApp", componentId, count: "bounced" }],
  ["erased.message.x.sent", { scope: "erased", of: { scope: "message", componentId, count: "sent" } }],
  ["erased.failed.a.b", { scope: "erased", of: { scope: "ending", status: "failed", reason: "a.b" } }],
])("%s", (name, counter) => {
  expect(counterName(counter)).toBe(name);
  expect(parseCounterName(name)).toEqual(counter);
});

test.each([
  "",
  "left",
  "entered.x",
  "active.x",
  "goal",
  "goal.a.b",
  "component.x",
  "component.x.left",
  "component.x.entered.more",
  "message.x",
  "message.x.skipped",
  "message.x.sent.more",
  "message.x.constructor",
  "message.x.byApp",
  "message.x.byApp.read",
  "message.x.byApp.sent.more",
  "erased",
  "erased.what",
])("%j is not a counter name", (name) => expect(parseCounterName(name)).toBeUndefined());

test("each component and each message has its own item, all other counts share one; the full names are restored", () => {
  const counts = {
    entered: 1,
    "exited.a": 2,
    "goal.g": 3,
    "component.x.entered": 4,
    "component.x.left.done": 5,
    "message.x.skipped.no-address": 6,
    [erasedName("component.x.entered")]: 7,
    [erasedName("entered")]: 8,
  };
  const items = byScope(counts);
  expect([...items]).toEqual([
    ["journey", { entered: 1, "exited.a": 2, "goal.g": 3, [erasedName("entered")]: 8 }],
    ["component.x", { entered: 4, "left.done": 5 }],
    ["message.x", { "skipped.no-address": 6 }],
    ["erased.component.x", { entered: 7 }],
  ]);
  const whole = [...items].flatMap(([scope, names]) =>
    Object.entries(names).map(([name, count]) => [wholeName(scope, name), count] as const),
  );
  expect(Object.fromEntries(whole)).toEqual(counts);
});

test("a counter of an earlier release has the reason's code of today", () => {
  expect(parseCounterName("message.x.skipped.held")).toEqual({
    scope: "message",
    componentId: "x",
    count: "skipped",
    reason: "breaker-open",
  });
});
