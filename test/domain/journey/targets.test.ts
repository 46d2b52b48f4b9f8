/** The next components that a component names, in good documents and in documents with problems. */
import { expect, test } from "vitest";
import { pathText } from "../../../lambdas/domain/documents/problem.ts";
import { type ComponentType, components } from "../../../lambdas/domain/journey/component.ts";
import { targetsOf } from "../../../lambdas/domain/journey/targets.ts";

const exists = { field: "customer.a", operator: "exists" };

/** A good component of each type, with a different target at each place. */
const whole: Record<ComponentType, object> = {
  sendTemplate: { template: "t", next: "a" },
  messageStatusRule: { message: "m", status: "read", within: "P1D", met: "a", notMet: "b" },
  addTag: { tags: ["x"], next: "a" },
  removeTag: { tags: ["x"], next: "a" },
  wait: { for: "PT1H", next: "a" },
  updateCustomer: { set: { a: 1 }, next: "a" },
  condition: {
    branches: [
      { when: exists, next: "a" },
      { when: exists, next: "b" },
    ],
    otherwise: "c",
  },
  split: {
    branches: [
      { percent: 50, next: "a" },
      { percent: 50, next: "b" },
    ],
  },
  waitFor: { branches: [{ id: "x", event: "e", next: "a" }], within: "P1D", otherwise: "b" },
  emitEvent: { event: "e", next: "a" },
};

const named = (raw: object) =>
  Object.fromEntries(
    targetsOf(raw).flatMap(({ to, path }) => (to === undefined ? [] : [[pathText(path), to] as const])),
  );

test.each(Object.entries(whole))("a %s with a problem names the same components as a good one", (type, more) => {
  const found = named({ type, ...more });
  expect(Object.values(found).sort()).toEqual(["a", "b", "c"].slice(0, Object.keys(found).length));
  expect(Object.keys(found).length).toBeGreaterThan(0);
  expect(named({ type, ...more, surplus: true })).toEqual(found);
});

test("every component type has a row here", () => expect(Object.keys(whole)).toHaveLength(components.length));

test.each<[string, unknown, object]>([
  ["an unknown type", { type: "walk", next: "a", met: "b" }, { next: "a", met: "b" }],
  ["branches that are not a list", { type: "split", branches: "a" }, {}],
  ["a branch that is not an object", { type: "split", branches: ["a", { next: "b" }] }, { "branches[1].next": "b" }],
  ["a text", "a", {}],
])("%s", (_, raw, expected) => expect(named(raw as object)).toEqual(expected));
