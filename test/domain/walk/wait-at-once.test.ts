/** The components at which a customer begins to wait without a visit, and the components that need a visit. */
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
  ["a wait for a duration", { type: "wait", for: "P1D" }],
  ["a message status rule", rule],
])("%s: as its own visit would have it", (_, component) => {
  const facts = { customer, messages: { mail: message() } };
  const visited = advance(journeyOf({ first: component }), at().position, facts, NOW);
  expect(visited.outcome).toBe("waiting");
  expect(rested(component)).toEqual(applyStep(at(), component.type, visited, NOW));
});

test.each<[string, Component, Enrollment?]>([
  ["a wait for no time", { type: "wait", for: "PT0S" }],
  [
    "a wait until a field of the customer",
    { type: "wait", until: { field: "customer.trialEndsAt", ifPast: "continue" } },
  ],
  ["a wait until a time of day", { type: "wait", until: { time: "23:00" } }],
  ["a rule that an earlier status meets", rule, at({ messages: [message({ statuses: { clicked: NOW } })] })],
  ["a rule on a message that was skipped", rule, at({ messages: [message({ state: "skipped" })] })],
  [
    "a component that reads more facts",
    { type: "waitFor", branches: [{ id: "b", event: "e" }], within: "P1D" } as Component,
  ],
  ["a component with an effect", { type: "addTag", tags: ["a"] }],
  ["a customer who has left", { type: "wait", for: "P1D" }, at({ status: "exited" })],
  [
    "a loop without a wait",
    rule,
    at({ steps: [{ componentId: "first", type: "messageStatusRule", at: EARLIER, leftAt: EARLIER, outcome: "met" }] }),
  ],
])("%s is left to a visit", (_, component, enrollment = at()) =>
  expect(rested(component, enrollment)).toBe(enrollment),
);

test("a component that does not exist needs a visit", () => {
  const lost = at({ position: { componentId: "gone", visit: 1, since: NOW } });
  expect(rested(rule, lost)).toBe(lost);
});
