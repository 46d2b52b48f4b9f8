/**
 * Random valid journeys: components in a row, each with an outlet to any later one, or back through a wait. An event or a
 * change starts them, with and without a key, and they have every kind of rule. The check of admins' documents filters
 * out the invalid ones.
 */
import * as fc from "fast-check";
import { graphProblems } from "../../lambdas/domain/checks/check-graph.ts";
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import type { Rule } from "../../lambdas/domain/conditions/rule.ts";
import type { Component, ComponentType } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { EntryRule } from "../../lambdas/domain/journey/trigger.ts";
import type { Limits } from "../../lambdas/domain/messages/limits.ts";

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
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie("condition") }),
  ),
})).condition;
export const onCustomer = leaf.filter((leaf) => "field" in leaf && leaf.field.startsWith("customer."));
const counted: fc.Arbitrary<Condition> = fc.record({
  event: fc.constantFrom(...eventNames),
  count: fc.record({
    operator: fc.constantFrom("equals" as const, "greaterThanOrEquals" as const),
    value: fc.integer({ min: 0, max: 2 }),
  }),
  within: span,
});

/** A rule about an event, an event with the enrollment's key, or the customer. */
const rule = (id: string): fc.Arbitrary<Rule> =>
  fc.oneof(
    fc.record({ id: fc.constant(id), event: fc.constantFrom(...eventNames) }),
    fc.record({ id: fc.constant(id), event: fc.constantFrom(...eventNames), where: condition }),
    fc.record({ id: fc.constant(id), event: fc.constantFrom(...eventNames), key: fc.constant("event.k") }),
    fc.record({ id: fc.constant(id), where: onCustomer }),
  );

/** The next component's index, or none. */
type Targets = fc.Arbitrary<string | undefined>;
const next = (to: string | undefined) => (to === undefined ? {} : { next: to });

export const kinds: { [T in ComponentType]: (to: Targets, senders: readonly string[]) => fc.Arbitrary<Component> } = {
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
      to.map((id): Component => ({ type: "wait", until: { field: "event.due", ifPast: "continue" }, ...next(id) })),
      fc
        .constantFrom("Europe/Berlin", "America/New_York")
        .chain((timezone) =>
          to.map((id): Component => ({ type: "wait", until: { time: "02:30", timezone }, ...next(id) })),
        ),
    ),
  updateCustomer: (to) =>
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), to)
      .map(([n, id]) => ({ type: "updateCustomer", set: { n }, ...next(id) })),
  condition: (to) =>
    fc.tuple(fc.oneof(condition, counted), to, to).map(([when, id, otherwise]) => ({
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
    fc.tuple(rule("one"), rule("two"), span, to, to, to).map(([one, two, within, a, b, otherwise]) => ({
      type: "waitFor",
      branches: [
        { ...one, ...next(a) },
        { ...two, ...next(b) },
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

const otherwise = fc.constantFrom("skip" as const, "delay" as const, "exit" as const);
const kind = fc.constantFrom("marketing" as const, "all" as const, "all" as const);
/** Caps that some customers reach, and quiet hours at night or at noon. */
export const randomLimits: fc.Arbitrary<Limits> = fc.record(
  {
    cap: fc.tuple(
      fc.record({ max: fc.constantFrom(1, 2), within: fc.constantFrom("P1D", "P7D"), class: kind, otherwise }),
    ),
    quietHours: fc
      .tuple(fc.constantFrom(["21:00", "08:00"] as const, ["12:00", "13:30"] as const), kind, otherwise)
      .map(([[from, to], kind, otherwise]) => ({ from, to, class: kind, otherwise })),
  },
  { requiredKeys: [] },
);

const entry = fc.constantFrom<EntryRule>("once", "always", { cooldown: "P1D" }, { maxConcurrent: 1, max: 3 });
/** Journeys that change the fields that start them could start each other endlessly, so their entries have a limit. */
const bounded = fc.constantFrom<EntryRule>("once", { cooldown: "P1D", max: 5 });

const trigger: fc.Arbitrary<Journey["trigger"]> = fc.oneof(
  fc.record({ event: fc.constantFrom(...eventNames), entry }),
  fc.record({ event: fc.constantFrom(...eventNames), entry, where: condition }),
  fc.record({ event: fc.constantFrom(...eventNames), entry, audience: onCustomer, includeUnsubscribed: fc.boolean() }),
  fc.record({ where: onCustomer, entry: bounded }),
);

/** A rule may compare a key only when the trigger names one. */
function keyed(journey: Journey): Journey {
  const { trigger } = journey;
  return trigger.event === undefined ? journey : { ...journey, trigger: { ...trigger, key: "event.k" } };
}

/** Journeys that start each other in many places, or that customers enter and never leave, would take minutes. */
function calm({ trigger, components }: Journey): boolean {
  const all = Object.values(components);
  const emits = all.filter(({ type }) => type === "emitEvent").length;
  const loops = /"c-\d"/.test(JSON.stringify(all.at(-1)));
  return emits <= 2 && !(emits > 0 && loops && trigger.entry === "always");
}

/** The check refuses a journey for these reasons too. Most are found here, because the whole check takes 15 times longer. */
function isWhole(journey: Journey): boolean {
  const { trigger, components, exit, goals } = journey;
  const all = Object.values(components);
  return (
    all.every((each) => each.type !== "messageStatusRule" || components[each.message]?.type === "sendTemplate") &&
    (trigger.event !== undefined || !JSON.stringify([all, exit, goals]).includes('"key"')) &&
    graphProblems(journey).length === 0
  );
}

/** Journeys that the check accepts: about every third one. */
export function validJourney(id: string): fc.Arbitrary<Journey> {
  return fc
    .record({
      components: fc.integer({ min: 1, max: 8 }).chain(components),
      trigger,
      exit: fc.option(rule("out"), { nil: undefined }),
      goal: rule("goal"),
      limits: fc.option(randomLimits, { nil: undefined, freq: 1 }),
      timezone: fc.option(fc.constant("Asia/Tokyo"), { nil: undefined }),
    })
    .map(({ components, trigger, exit, goal, limits, timezone }) =>
      keyed({
        id,
        name: id,
        status: "active",
        trigger,
        ...(timezone && { timezone }),
        ...(limits && { limits }),
        ...(exit && { exit: [exit] }),
        goals: [{ ...goal, within: "P7D" }],
        start: "c-0",
        components,
      }),
    )
    .filter((journey) => calm(journey) && isWhole(journey) && "value" in checkJourney(journey, new Set(templateIds)));
}
