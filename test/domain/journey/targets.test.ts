/** The components that a component names, in documents that are whole and in documents that are broken. */
import { expect, test } from "vitest";
import { pathText } from "../../../lambdas/domain/documents/problem.ts";
import { type ComponentType, components } from "../../../lambdas/domain/journey/component.ts";
import { targetsOf } from "../../../lambdas/domain/journey/targets.ts";

const exists = { field: "customer.a", operator: "exists" };

/** A whole component of each kind, with a different target at every place that has one. */
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

test.each(Object.entries(whole))("a broken %s names the same components as a whole one", (type, more) => {
  const found = named({ type, ...more });
  expect(Object.values(found).sort()).toEqual(["a", "b", "c"].slice(0, Object.keys(found).length));
  expect(Object.keys(found).length).toBeGreaterThan(0);
  expect(named({ type, ...more, surplus: true })).toEqual(found);
});

test("every kind has a row here", () => expect(Object.keys(whole)).toHaveLength(components.length));

test.each<[string, unknown, object]>([
  ["an unknown kind", { type: "walk", next: "a", met: "b" }, { next: "a", met: "b" }],
  ["branches that are no list", { type: "split", branches: "a" }, {}],
  ["a branch that is no object", { type: "split", branches: ["a", { next: "b" }] }, { "branches[1].next": "b" }],
  ["no object", "a", {}],
])("%s", (_, raw, expected) => expect(named(raw as object)).toEqual(expected));
