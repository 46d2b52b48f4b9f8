/** The data behind a decision on a condition: the values that it read. */
import { expect, test } from "vitest";
import { decisionText } from "../../../insight/decisions/decision-text.ts";
import { decisionsOf } from "../../../insight/decisions/decisions.ts";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { journey as document } from "../../cli/running.ts";
import { enrollment } from "../enrolled.ts";
import { day, KEPT_SINCE, on, record, said } from "./given.ts";

test.each<[string, Condition, string, string]>([
  ["the data of the event", { field: "event.total", operator: "greaterThan", value: 20 }, "yes", "event.total = 59"],
  [
    "an attribute that has not changed since",
    { field: "customer.country", operator: "equals", value: "DE" },
    "yes",
    'customer.country = "DE"',
  ],
  [
    "a member of an attribute",
    { field: "customer.address.city", operator: "equals", value: "Bonn" },
    "no",
    'customer.address.city = "Köln"',
  ],
  [
    "an attribute that has changed since",
    { field: "customer.plan", operator: "equals", value: "gold" },
    "no",
    'customer.plan = "gold" (now; changed 2026-01-07 09:00:00)',
  ],
  [
    "an attribute that was removed since",
    { field: "customer.gone", operator: "exists" },
    "yes",
    "customer.gone missing (now; changed 2026-01-08 09:00:00)",
  ],
  ["an attribute that never existed", { field: "customer.city", operator: "exists" }, "no", "customer.city missing"],
  [
    "a topic that was chosen since",
    { field: "customer.topics.news", operator: "equals", value: true },
    "yes",
    "customer.topics.news = false (now; changed 2026-01-09 09:00:00)",
  ],
  [
    "all topics, one of which was chosen since",
    { field: "customer.topics", operator: "exists" },
    "yes",
    'customer.topics = {"news":false} (now; changed 2026-01-09 09:00:00)',
  ],
  [
    "the id, which never changes",
    { field: "customer.customerId", operator: "equals", value: "c-1" },
    "yes",
    'customer.customerId = "c-1"',
  ],
  [
    "a status by then",
    { message: "greet", status: "delivered" },
    "yes",
    'greet delivered = "2026-01-05T08:00:00.000Z"',
  ],
  ["a status that was reached only later", { message: "greet", status: "read" }, "no", "greet read = false"],
  [
    "a count of events by then",
    { event: "order", count: { operator: "equals", value: 1 }, within: "P7D" },
    "yes",
    "order within 7 days = 1",
  ],
  [
    "each field once, from all branches",
    {
      all: [
        { field: "event.total", operator: "greaterThan", value: 20 },
        { field: "event.total", operator: "lessThan", value: 50 },
        { not: { field: "customer.country", operator: "equals", value: "FR" } },
      ],
    },
    "no",
    'event.total = 59, customer.country = "DE"',
  ],
  [
    "a value that leads to another outcome",
    { field: "customer.country", operator: "equals", value: "FR" },
    "yes",
    'customer.country = "DE"; these values lead to another outcome: some data arrived after the decision',
  ],
])("a condition: %s", (_, when, outcome, words) => {
  const [greeted] = enrollment().messages;
  const statuses = { delivered: day(5, "08:00:00.000"), read: day(6) };
  const messages = greeted ? [{ ...greeted, claimedAt: day(4), statuses }] : [];
  expect(said(on(when), { outcome }, { messages })).toBe(words);
});

test("an event that has expired is marked, and so is a count of events that may have expired", () => {
  const trigger = { ...enrollment().trigger, eventId: "old" };
  const byTotal = on({ field: "event.total", operator: "equals", value: 1 });
  expect(said(byTotal, { outcome: "yes" }, { trigger })).toBe("event.total is not stored any more");
  const count = on({ event: "order", count: { operator: "equals", value: 9 }, within: "P7D" });
  expect(said(count, { outcome: "yes" }, {}, day(1))).toBe("order within 7 days is not stored any more");
});

test("a customer who entered by a change had no event", () => {
  const { name: _, ...trigger } = enrollment().trigger;
  const byTotal = on({ field: "event.total", operator: "exists" });
  expect(said(byTotal, { outcome: "no" }, { trigger })).toBe("event.total missing");
});

test("a value that the journey set after the decision, in the same millisecond, counts as changed since", () => {
  const components = {
    here: on({ field: "customer.tags", operator: "contains", value: "vip" }),
    tag: { type: "addTag", tags: ["vip"] },
  };
  const journey = { ...document, components } as unknown as Journey;
  const step = { at: day(5), leftAt: day(5) };
  const here: Step = { ...step, componentId: "here", type: "condition", outcome: "no" };
  const tagged: Step = { ...step, componentId: "tag", type: "addTag", outcome: "done" };
  const text = (steps: Step[]) =>
    decisionsOf(enrollment({ steps }), journey, record, KEPT_SINCE).map((each) => each && decisionText(each));
  expect(text([here, tagged])).toEqual(['customer.tags = ["vip"] (now; changed 2026-01-05 09:00:00)', undefined]);
  expect(text([tagged, { ...here, outcome: "yes" }])).toEqual([undefined, 'customer.tags = ["vip"]']);
});
