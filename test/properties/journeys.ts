/** Random journeys that are valid: components in a row, each leading to any later one, or back by way of a wait. */
import * as fc from "fast-check";
import { checkJourney } from "../../lambdas/domain/check-journey.ts";
import type { Component, ComponentType } from "../../lambdas/domain/component.ts";
import type { Condition } from "../../lambdas/domain/condition.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";

export const templateIds = ["t-0", "t-1"];
export const eventNames = ["a", "b", "c"];
const tags = fc.uniqueArray(fc.constantFrom("x", "y", "z"), { minLength: 1, maxLength: 2 });
const span = fc.constantFrom("PT4H", "PT12H", "P1D", "P3D");

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom("customer.plan", "event.n"),
    operator: fc.constantFrom("equals" as const, "notEquals" as const),
    value: fc.constantFrom(1, 2, "1"),
  }),
  fc.record({
    field: fc.constant("customer.tags"),
    operator: fc.constantFrom("contains" as const, "notContains" as const),
    value: fc.constantFrom("x", "y"),
  }),
  fc.record({
    field: fc.constantFrom("customer.n", "event.n"),
    operator: fc.constantFrom("greaterThan" as const, "lessThanOrEquals" as const),
    value: fc.integer({ min: 0, max: 3 }),
  }),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie("condition") }),
  ),
})).condition;
const onCustomer = leaf.filter((leaf) => "field" in leaf && leaf.field.startsWith("customer."));

/** Where a component leads: an index of a component, or nowhere. */
type Targets = fc.Arbitrary<string | undefined>;
const next = (to: string | undefined) => (to === undefined ? {} : { next: to });

const kinds: { [T in ComponentType]: (to: Targets, senders: readonly string[]) => fc.Arbitrary<Component> } = {
  sendTemplate: (to) =>
    fc
      .tuple(fc.constantFrom(...templateIds), to)
      .map(([template, id]) => ({ type: "sendTemplate", template, ...next(id) })),
  messageStatusRule: (to, senders) =>
    fc
      .tuple(
        fc.constantFrom(...senders),
        fc.constantFrom("read" as const, "clicked" as const, "failed" as const),
        span,
        to,
        to,
      )
      .map(([message, status, within, met, notMet]) => ({
        type: "messageStatusRule",
        message,
        status,
        within,
        ...(met !== undefined && { met }),
        ...(notMet !== undefined && { notMet }),
      })),
  addTag: (to) => fc.tuple(tags, to).map(([tags, id]) => ({ type: "addTag", tags, ...next(id) })),
  removeTag: (to) => fc.tuple(tags, to).map(([tags, id]) => ({ type: "removeTag", tags, ...next(id) })),
  wait: (to) =>
    fc.oneof(
      fc.tuple(span, to).map(([length, id]): Component => ({ type: "wait", for: length, ...next(id) })),
      to.map((id): Component => ({ type: "wait", until: { time: "09:30", weekdays: ["mon", "thu"] }, ...next(id) })),
      fc.tuple(fc.constantFrom("continue" as const, "exit" as const), to).map(
        ([ifPast, id]): Component => ({
          type: "wait",
          until: { field: "customer.due", offset: "-P1D", ifPast },
          ...next(id),
        }),
      ),
    ),
  updateCustomer: (to) =>
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), to)
      .map(([n, id]) => ({ type: "updateCustomer", set: { n }, ...next(id) })),
  condition: (to) =>
    fc.tuple(condition, to, to).map(([when, id, otherwise]) => ({
      type: "condition",
      branches: [{ when, ...next(id) }],
      ...(otherwise !== undefined && { otherwise }),
    })),
  split: (to) =>
    fc.tuple(fc.integer({ min: 1, max: 99 }), to, to).map(([percent, a, b]) => ({
      type: "split",
      branches: [
        { percent, ...next(a) },
        { percent: 100 - percent, ...next(b) },
      ],
    })),
  waitFor: (to) =>
    fc
      .tuple(fc.constantFrom(...eventNames), onCustomer, span, to, to, to)
      .map(([event, where, within, a, b, otherwise]) => ({
        type: "waitFor",
        branches: [
          { id: "event", event, ...next(a) },
          { id: "state", where, ...next(b) },
        ],
        within,
        ...(otherwise !== undefined && { otherwise }),
      })),
  emitEvent: (to) =>
    fc.tuple(fc.constantFrom(...eventNames), to).map(([event, id]) => ({ type: "emitEvent", event, ...next(id) })),
};

function components(size: number): fc.Arbitrary<Record<string, Component>> {
  const ids = Array.from({ length: size }, (_, n) => `c-${n}`);
  const one = (n: number): fc.Arbitrary<Component> => {
    const later = ids.slice(n + 1);
    const to: Targets =
      n + 1 < size
        ? fc.oneof(
            { weight: 5, arbitrary: fc.constant(ids[n + 1]) },
            { weight: 1, arbitrary: fc.constantFrom(...later) },
            { weight: 1, arbitrary: fc.constant(undefined) },
          )
        : fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...ids) });
    return fc
      .constantFrom(...(Object.keys(kinds) as ComponentType[]))
      .chain((kind) => kinds[kind](to, ids.slice(0, Math.max(1, n))));
  };
  return fc
    .tuple(...ids.map((_, n) => one(n)))
    .map((made) => Object.fromEntries(made.map((component, n) => [`c-${n}`, component])));
}

/** Journeys that the check accepts; about every second one that is made. */
export function validJourney(id: string): fc.Arbitrary<Journey> {
  return fc
    .record({
      components: fc.integer({ min: 1, max: 7 }).chain(components),
      entry: fc.constantFrom("once" as const, "always" as const, { cooldown: "P1D" }, { maxConcurrent: 1, max: 3 }),
      event: fc.constantFrom(...eventNames),
      exit: fc.option(fc.constantFrom(...eventNames), { nil: undefined }),
      onState: fc.option(onCustomer, { nil: undefined }),
    })
    .map(({ components, entry, event, exit, onState }) => ({
      id,
      name: id,
      status: "active" as const,
      trigger: { event, entry },
      ...((exit || onState) && {
        exit: [...(exit ? [{ id: "out", event: exit }] : []), ...(onState ? [{ id: "state", where: onState }] : [])],
      }),
      goals: [{ id: "goal", event: "b", within: "P7D" }],
      start: "c-0",
      components,
    }))
    .filter((journey) => "value" in checkJourney(journey, new Set(templateIds)));
}
