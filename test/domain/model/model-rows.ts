/** Journeys with a mistake beside journeys that look alike and have none, with the codes of the warnings. */
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";

export const is = (field: string, value: string | number): Condition => ({ field, operator: "equals", value });
export const more = (field: string, value: number): Condition => ({ field, operator: "greaterThan", value });
export const asks = (when: Condition, next = "end", otherwise?: string): Component => ({
  type: "condition",
  branches: [{ when, next }],
  ...(otherwise !== undefined && { otherwise }),
});
const end: Component = { type: "addTag", tags: ["done"] };
const wait = (next: string): Component => ({ type: "wait", for: "P1D", next });
const send = (template: string, next?: string): Component => ({
  type: "sendTemplate",
  template,
  ...(next && { next }),
});

export function journey(components: Record<string, Component>, others: Partial<Journey> = {}): Journey {
  const [start = ""] = Object.keys(components);
  return {
    id: "j",
    name: "J",
    status: "active",
    trigger: { event: "a" },
    start,
    components: JSON.stringify(components).includes('"end"') ? { ...components, end } : components,
    ...others,
  };
}

export const rows: [string, Journey, string[]][] = [
  [
    "another value of the same field of the event",
    journey({ one: asks(is("event.x", 1), "two"), two: asks(is("event.x", 2)) }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "another value of the event after a wait: the event never changes",
    journey({ one: asks(is("event.x", 1), "w"), w: wait("two"), two: asks(is("event.x", 2)) }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "another value of the customer at once",
    journey({ one: asks(is("customer.x", 1), "two"), two: asks(is("customer.x", 2)) }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "another value of the customer after a wait: the customer may change",
    journey({ one: asks(is("customer.x", 1), "w"), w: wait("two"), two: asks(is("customer.x", 2)) }),
    [],
  ],
  [
    "another value of the customer after a message, which limits can delay",
    journey({ one: asks(is("customer.x", 1), "s"), s: send("t", "two"), two: asks(is("customer.x", 2)) }),
    [],
  ],
  [
    "enrollment.event and event are the same event",
    journey({ one: asks(is("event.x", 1), "two"), two: asks(is("enrollment.event.x", 2)) }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "a text and a number of one field",
    journey({ one: asks(more("event.x", 1), "two"), two: asks(is("event.x", "1")) }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "a text that starts and contains",
    journey({
      one: asks({ field: "event.x", operator: "startsWith", value: "ab" }, "two"),
      two: asks({ field: "event.x", operator: "contains", value: "ba" }),
    }),
    [],
  ],
  [
    "a list that has two items",
    journey({
      one: asks({ field: "customer.tags", operator: "contains", value: "a" }, "two"),
      two: asks({ field: "customer.tags", operator: "contains", value: "b" }),
    }),
    [],
  ],
  [
    "a value of the event before and after the customer's own",
    journey({
      one: asks({ field: "event.x", operator: "equals", value: { path: "customer.x" } }, "two"),
      two: asks(is("event.x", 2)),
    }),
    [],
  ],
  [
    "a clock that the customer passes in a wait",
    journey({
      one: asks({ field: "customer.since", operator: "withinLast", value: "PT1H" }, "w"),
      w: wait("two"),
      two: asks({ not: { field: "customer.since", operator: "withinLast", value: "PT1H" } }),
    }),
    [],
  ],
  [
    "a number between two whole numbers",
    journey({ one: asks(more("event.x", 1), "two"), two: asks({ field: "event.x", operator: "lessThan", value: 2 }) }),
    [],
  ],
  [
    "a status of a message that was not sent",
    journey({ one: asks({ message: "s", status: "read" }, "s"), s: send("t") }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "a status of a message that was sent in an earlier turn of a loop",
    journey({ one: asks({ message: "s", status: "read" }, "end", "s"), s: send("t", "w"), w: wait("one") }),
    [],
  ],
  [
    "an attribute that the journey has set, after a wait",
    journey({
      set: { type: "updateCustomer", set: { x: 1 }, next: "w" },
      w: wait("one"),
      one: asks(is("customer.x", 2)),
    }),
    [],
  ],
  [
    "an attribute that the journey has just set",
    journey({ set: { type: "updateCustomer", set: { x: 1 }, next: "one" }, one: asks(is("customer.x", 2)) }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "a tag that was removed, and another",
    journey({
      rem: { type: "removeTag", tags: ["x"], next: "one" },
      one: asks({ field: "customer.tags", operator: "contains", value: "y" }),
    }),
    [],
  ],
  [
    "a template twice, the second for customers who have not read the first",
    journey({
      s: send("t", "r"),
      r: { type: "messageStatusRule", message: "s", status: "read", within: "P1D", notMet: "again" },
      again: send("t"),
    }),
    [],
  ],
  [
    "a template twice, the second for customers who have read the first",
    journey({
      s: send("t", "r"),
      r: { type: "messageStatusRule", message: "s", status: "read", within: "P1D", met: "again" },
      again: send("t"),
    }),
    ["message-twice"],
  ],
  [
    "a template twice with other data",
    journey({
      s: { type: "sendTemplate", template: "t", data: { part: 1 }, next: "again" },
      again: { type: "sendTemplate", template: "t", data: { part: 2 } },
    }),
    [],
  ],
  [
    "a template on two branches",
    journey({ one: asks(is("event.x", 1), "s", "other"), s: send("t"), other: send("t") }),
    [],
  ],
  [
    "a template twice, the second held back by a cap",
    journey(
      { s: send("t", "again"), again: send("t") },
      { limits: { cap: [{ max: 1, within: "P7D", otherwise: "skip" }] } },
    ),
    [],
  ],
  [
    "a goal that counts until after the first message",
    journey({ w: wait("s"), s: send("t") }, { goals: [{ id: "g", event: "b", within: "P2D" }] }),
    [],
  ],
  [
    "a goal that ends before the first message of one path only",
    journey(
      { one: asks(is("event.x", 1), "w", "s"), w: wait("s"), s: send("t") },
      { goals: [{ id: "g", event: "b", within: "PT1H" }] },
    ),
    [],
  ],
  [
    "an exit rule that holds for some customers",
    journey(
      { w: wait("end") },
      { trigger: { event: "a", audience: more("customer.x", 1) }, exit: [{ id: "out", where: more("customer.x", 5) }] },
    ),
    [],
  ],
  [
    "an exit rule that holds for all in the audience",
    journey(
      { w: wait("end") },
      { trigger: { event: "a", audience: more("customer.x", 5) }, exit: [{ id: "out", where: more("customer.x", 1) }] },
    ),
    ["exit-holds-at-entry"],
  ],
  [
    "a goal that no event meets",
    journey(
      { w: wait("end") },
      { goals: [{ id: "g", event: "b", where: { all: [is("event.x", 1), is("event.x", 2)] } }] },
    ),
    ["condition-always-false"],
  ],
  [
    "an awaited event is another event than the trigger's",
    journey({
      one: asks(is("event.x", 1), "f"),
      f: { type: "waitFor", branches: [{ id: "b", event: "b", where: is("event.x", 2), next: "end" }], within: "P1D" },
    }),
    [],
  ],
  [
    "an awaited event that would contradict the trigger's",
    journey({
      one: asks(is("event.x", 1), "f"),
      f: {
        type: "waitFor",
        branches: [{ id: "b", event: "b", where: is("enrollment.event.x", 2), next: "end" }],
        within: "P1D",
      },
    }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "a trigger by a change of the customer",
    journey({ one: asks(is("customer.x", 2), "two"), two: wait("end") }, { trigger: { where: is("customer.x", 1) } }),
    ["component-never-reached", "condition-always-false"],
  ],
  [
    "a schedule, whose customers may wait for their local time",
    journey(
      { one: asks(is("customer.x", 2)) },
      { trigger: { schedule: { cron: "0 9 * * *", timezone: "customer" }, audience: is("customer.x", 1) } },
    ),
    [],
  ],
];
