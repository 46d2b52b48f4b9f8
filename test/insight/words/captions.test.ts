/** The texts in pictures about components, rules and triggers. */
import { expect, test } from "vitest";
import { branchLabel, caption, ruleText, triggerText } from "../../../insight/words/captions.ts";
import { conditionText } from "../../../insight/words/condition-text.ts";
import { durationText } from "../../../insight/words/duration-text.ts";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Rule } from "../../../lambdas/domain/conditions/rule.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";

test.each([
  ["PT1H", "1 hour"],
  ["P1DT2H", "1 day 2 hours"],
  ["P2W", "2 weeks"],
  ["PT90M", "90 minutes"],
  ["PT1S", "1 second"],
])("%s is said as %s", (duration, words) => expect(durationText(duration)).toBe(words));

test.each<[Condition, string]>([
  [{ field: "event.total", operator: "greaterThanOrEquals", value: 20 }, "event.total ≥ 20"],
  [{ field: "customer.country", operator: "oneOf", value: ["DE", "FR"] }, "country in DE, FR"],
  [{ field: "customer.tags", operator: "notContains", value: "vip" }, "tags not contains vip"],
  [{ field: "customer.active", operator: "equals", value: true }, "active = true"],
  [{ field: "customer.email", operator: "exists" }, "email exists"],
  [{ field: "customer.seenAt", operator: "withinLast", value: "P1D" }, "seenAt within last 1 day"],
  [{ field: "event.n", operator: "between", value: [1, 5] }, "event.n between 1, 5"],
  [{ field: "customer.plan", operator: "equals", value: "P1D" }, "plan = P1D"],
  [{ event: "page.viewed", count: { operator: "greaterThan", value: 3 }, within: "P7D" }, "page.viewed > 3× in 7 days"],
  [{ message: "remind", status: "read" }, "remind read"],
  [{ not: { message: "remind", status: "read" } }, "not remind read"],
  [
    {
      all: [
        { message: "a", status: "read" },
        { any: [{ message: "b", status: "read" }, { not: { all: [{ message: "c", status: "sent" }] } }] },
      ],
    },
    "a read and (b read or not (c sent))",
  ],
])("the condition %j is said as %s", (condition, words) => expect(conditionText(condition)).toBe(words));

test.each<[Component, string]>([
  [{ type: "sendTemplate", template: "hello" }, "hello"],
  [{ type: "messageStatusRule", message: "m", status: "read", within: "P2D" }, "m read within 2 days?"],
  [{ type: "addTag", tags: ["a", "b"] }, "a, b"],
  [{ type: "removeTag", tags: ["a"] }, "a"],
  [{ type: "wait", for: "PT1H" }, "1 hour"],
  [{ type: "wait", until: { time: "09:00" } }, "until 09:00"],
  [{ type: "wait", until: { time: "09:00", weekdays: ["mon", "fri"] } }, "until 09:00 (mon, fri)"],
  [{ type: "wait", until: { time: "09:00", timezone: "Asia/Tokyo" } }, "until 09:00 in Asia/Tokyo"],
  [{ type: "wait", until: { field: "customer.endsAt", ifPast: "exit" } }, "until customer.endsAt"],
  [
    { type: "wait", until: { field: "customer.endsAt", offset: "-P3D", ifPast: "exit" } },
    "until 3 days before customer.endsAt",
  ],
  [
    { type: "wait", until: { field: "customer.endsAt", offset: "P3D", ifPast: "exit" } },
    "until 3 days after customer.endsAt",
  ],
  [{ type: "wait" }, ""],
  [{ type: "updateCustomer", set: { stage: "won" }, unset: ["lead"] }, "stage, no lead"],
  [{ type: "condition", branches: [{ when: { message: "m", status: "read" } }] }, "the first that holds"],
  [{ type: "split", branches: [{ percent: 90 }, { percent: 10 }] }, "90 % / 10 %"],
  [{ type: "waitFor", branches: [{ id: "b", event: "e" }], within: "P5D" }, "at most 5 days"],
  [{ type: "emitEvent", event: "lead.found" }, "lead.found"],
])("the component %j is said as %s", (component, words) => expect(caption(component)).toBe(words));

test("a rule on the status of a message says the name of the message", () => {
  const rule: Component = { type: "messageStatusRule", message: "m", status: "read", within: "P2D" };
  expect(caption(rule, (id) => (id === "m" ? "First mail" : id))).toBe("First mail read within 2 days?");
});

test.each<[Omit<Rule, "id">, string]>([
  [{ event: "order.placed" }, "order.placed"],
  [{ event: "order.placed", key: "event.cartId" }, "order.placed, same key"],
  [
    { event: "order.placed", where: { field: "event.total", operator: "greaterThan", value: 1 } },
    "order.placed, when event.total > 1",
  ],
  [
    { where: { field: "customer.active", operator: "equals", value: true } },
    "the customer changes, when active = true",
  ],
  [{ where: { message: "write", status: "clicked" } }, "write clicked"],
])("the rule %j is said as %s", (rule, words) => expect(ruleText(rule)).toBe(words));

test.each<[Journey["trigger"], string[]]>([
  [{ event: "go" }, ["go", "enters once"]],
  [
    { where: { field: "customer.active", operator: "exists" }, entry: "always" },
    ["the customer changes", "when active exists", "enters every time"],
  ],
  [
    {
      event: "go",
      audience: { field: "customer.country", operator: "equals", value: "DE" },
      entry: { cooldown: "P30D", max: 5, maxConcurrent: 1 },
      key: "event.cartId",
      includeUnsubscribed: true,
    },
    [
      "go",
      "for country = DE",
      "enters again after 30 days, at most 5×, 1 at once per cartId",
      "unsubscribed customers too",
    ],
  ],
])("the trigger %j is said as %j", (trigger, words) => {
  expect(triggerText({ id: "j", name: "J", status: "draft", trigger, start: "a", components: {} })).toEqual(words);
});

test.each<[string, Component, number, string]>([
  ["what must hold", { type: "condition", branches: [{ when: { message: "m", status: "read" } }] }, 0, "m read"],
  ["the outlet's own words for otherwise", { type: "condition", branches: [] }, 0, "own"],
  ["what is waited for", { type: "waitFor", branches: [{ id: "b", event: "e" }], within: "P1D" }, 0, "e"],
  ["the outlet's own words when time is up", { type: "waitFor", branches: [], within: "P1D" }, 0, "own"],
  ["the outlet's own words for shares", { type: "split", branches: [{ percent: 50 }, { percent: 50 }] }, 1, "own"],
])("a branch is labelled with %s", (_, component, index, label) => {
  expect(branchLabel(component, index, "own")).toBe(label);
});
