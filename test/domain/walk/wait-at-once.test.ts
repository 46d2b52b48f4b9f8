/** Where a customer rests without a visit of its own, and where that is not to be decided by the way. */
import { expect, test } from "vitest";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { advance } from "../../../lambdas/domain/walk/advance.ts";
import { applyStep } from "../../../lambdas/domain/walk/apply-step.ts";
import { waitAtOnce } from "../../../lambdas/domain/walk/wait-at-once.ts";
import { EARLIER, enrolled, journeyOf, message, NOW } from "../enrolled.ts";

type Component = Journey["components"][string];
const rule: Component = { type: "messageStatusRule", message: "mail", status: "clicked", within: "PT2H", met: "on" };
const customer = unknownCustomer("c-1");
const at = (more: Partial<Enrollment> = {}) => enrolled({ messages: [message()], ...more });
const rested = (component: Component, enrollment = at()) =>
  waitAtOnce(enrollment, journeyOf({ first: component }), customer, NOW);

test.each<[string, Component]>([
  ["a wait for a time", { type: "wait", for: "P1D" }],
  ["a message status rule", rule],
])("%s: as its own visit would have it", (_, component) => {
  const facts = { customer, messages: { mail: message() } };
  const visited = advance(journeyOf({ first: component }), at().position, facts, NOW);
  expect(visited.outcome).toBe("waiting");
  expect(rested(component)).toEqual(applyStep(at(), component.type, visited, NOW));
});

test.each<[string, Component, Enrollment?]>([
  ["a wait for nothing", { type: "wait", for: "PT0S" }],
  [
    "a wait until a moment of the customer's",
    { type: "wait", until: { field: "customer.trialEndsAt", ifPast: "continue" } },
  ],
  ["a wait until a time of day", { type: "wait", until: { time: "23:00" } }],
  ["a rule that is met already", rule, at({ messages: [message({ statuses: { clicked: NOW } })] })],
  ["a rule on a message that was skipped", rule, at({ messages: [message({ state: "skipped" })] })],
  ["what looks at more", { type: "waitFor", branches: [{ id: "b", event: "e" }], within: "P1D" } as Component],
  ["what has an effect", { type: "addTag", tags: ["a"] }],
  ["who is not inside any more", { type: "wait", for: "P1D" }, at({ status: "exited" })],
  [
    "a loop that has not rested",
    rule,
    at({ steps: [{ componentId: "first", type: "messageStatusRule", at: EARLIER, leftAt: EARLIER, outcome: "met" }] }),
  ],
])("%s is left to a visit", (_, component, enrollment = at()) =>
  expect(rested(component, enrollment)).toBe(enrollment),
);

test("a component that is not there is left to a visit", () => {
  const lost = at({ position: { componentId: "gone", visit: 1, since: NOW } });
  expect(rested(rule, lost)).toBe(lost);
});
