/**
 * Random schedules in which a person edits the components of a journey and migrates the customers inside, once or more,
 * and perhaps back again. The faults meet the migration too: it dies, is throttled, and is repeated.
 */
import * as fc from "fast-check";
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import type { Component } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { templateIds } from "../properties/journeys.ts";
import { hours, randomSchedule, type Schedule } from "./schedules.ts";

type Components = Journey["components"];
type Plan = Pick<Journey, "start" | "components"> & { readonly map: Readonly<Record<string, string>> };

const later = fc.constantFrom(1.1, 4, 4.001, 4.01, 5, 12.01, 13, 24.001, 25, 36).map(hours);
const span = fc.constantFrom("PT4H", "P1D", "P3D");
const added: fc.Arbitrary<Component> = fc.oneof(
  span.map((length): Component => ({ type: "wait", for: length })),
  fc.constantFrom(...templateIds).map((template): Component => ({ type: "sendTemplate", template })),
  fc.constant<Component>({ type: "addTag", tags: ["z"] }),
);

/** One change of a person who edits; `at` chooses the component. */
const change = fc.record({
  at: fc.nat({ max: 7 }),
  what: fc.oneof(
    fc.record({ kind: fc.constant("insert" as const), component: added }),
    fc.record({
      kind: fc.constantFrom("remove" as const, "rename" as const, "append" as const, "postpone" as const),
      component: added,
    }),
    fc.record({ kind: fc.constant("retime" as const), span, component: added }),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

function edited(before: Plan, { at, what }: Change, index: number): Plan {
  const ids = Object.keys(before.components);
  const id = ids[at % ids.length] ?? "";
  const component = before.components[id];
  const fresh = `n-${index}`;
  if (!component) return before;
  switch (what.kind) {
    case "insert": {
      const { start, components } = redirected(before, id, fresh);
      return { ...before, start, components: { ...components, [fresh]: { ...what.component, next: id } as Component } };
    }
    case "append": {
      if (!("next" in component) && ["condition", "split", "waitFor", "messageStatusRule"].includes(component.type))
        return before;
      const longer = { ...component, next: fresh } as Component;
      return { ...before, components: { ...before.components, [id]: longer, [fresh]: what.component } };
    }
    case "remove": {
      const next = "next" in component ? component.next : undefined;
      if (next === undefined || next === id) return before;
      const { start, components } = redirected(before, id, next);
      const { [id]: _, ...others } = components;
      return { ...before, start, components: others };
    }
    case "postpone": {
      // The message comes at the end, as another component.
      const last = ids.findLast((each) => each !== id && before.components[each]?.type === "wait");
      if (component.type !== "sendTemplate" || last === undefined) return before;
      const removed = edited(before, { at, what: { kind: "remove", component } }, index);
      const end = removed.components[last];
      if (!end || removed.components[id]) return before;
      const mail: Component = { type: "sendTemplate", template: component.template };
      return {
        ...removed,
        components: { ...removed.components, [last]: { ...end, next: fresh } as Component, [fresh]: mail },
      };
    }
    case "rename": {
      const { start, components } = redirected(before, id, fresh);
      const { [id]: moved, ...others } = components;
      const text = JSON.stringify({ ...others, [fresh]: moved }).replaceAll(
        `"message":"${id}"`,
        `"message":"${fresh}"`,
      );
      return { start, components: JSON.parse(text) as Components, map: { ...before.map, [id]: fresh } };
    }
    case "retime": {
      const longer =
        "within" in component
          ? { ...component, within: what.span }
          : component.type === "wait" && component.for !== undefined
            ? { ...component, for: what.span }
            : component;
      return { ...before, components: { ...before.components, [id]: longer } };
    }
  }
}

/** Every way to the component leads to another one. The ids of branches and messages have other names. */
function redirected({ start, components }: Plan, from: string, to: string): Pick<Plan, "start" | "components"> {
  const lead = (name: string, value: unknown): unknown =>
    ["next", "met", "notMet", "otherwise"].includes(name) && value === from ? to : value;
  const text = JSON.stringify(components, (name, value) => lead(name, value));
  return { start: start === from ? to : start, components: JSON.parse(text) as Components };
}

export const randomMigration: fc.Arbitrary<Schedule> = fc
  .record({
    schedule: randomSchedule,
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    editedAt: fc.constantFrom(hours(1), hours(4)),
    migrations: fc.array(fc.record({ at: later, to: fc.constantFrom(2, 2, 2, 1), mapped: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ schedule, changes, editedAt, migrations }): Schedule => {
    const { scenario } = schedule;
    const [random, ...others] = (scenario.journeys ?? []) as unknown as Journey[];
    if (!random) return schedule;
    const first: Journey = { ...random, trigger: { event: "a", entry: { max: 2 }, key: "event.k" } };
    const plan = changes.reduce<Plan>((before, each, index) => edited(before, each, index), { ...first, map: {} });
    const { map, ...components } = { start: plan.start, components: plan.components, map: plan.map };
    const next = { ...first, ...components };
    const known = new Set((scenario.templates ?? []).map(({ id }) => String(id)));
    if (!("value" in checkJourney(next, known))) return schedule;
    const entering = ["p", "q"].map((customerId) => ({ at: hours(0), event: "a", id: `in-${customerId}`, customerId }));
    return {
      ...schedule,
      migrations: migrations.map(({ at, to, mapped }) => ({ at, to, map: mapped ? map : {} })),
      scenario: {
        ...scenario,
        journeys: [first, ...others] as unknown as Record<string, unknown>[],
        events: [...entering, ...(scenario.events ?? [])],
        edits: [
          { at: editedAt, journey: next as unknown as Record<string, unknown> },
          ...(scenario.edits ?? []).map((edit) =>
            edit.journey?.id === first.id ? { ...edit, journey: { ...edit.journey, ...components } } : edit,
          ),
        ],
      },
    };
  });
