/**
 * A linear journey: a copy of a journey in which every outlet leads along one path, so that any customer takes the path.
 * Each outcome of a decision costs the same, so the copy costs as much as the path.
 */

import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import { leaves } from "../../lambdas/domain/conditions/condition-tree.ts";
import type { Component } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../lambdas/domain/journey/outlets.ts";
import type { Path } from "./paths.ts";

export const TRIGGER = "cost.trigger";
/** The event that every `waitFor` of a linear journey waits for. */
export const SIGNAL = "cost.signal";
/** The attribute that lets a customer enter a journey without a trigger event. */
export const MARK = "costMark";

export interface LinearJourney {
  readonly journey: Journey;
  /** The components that wait for a signal. For a message status rule: the message and the status too. */
  readonly signals: ReadonlyMap<string, { readonly message?: string; readonly status?: string }>;
}

export function linearJourney(journey: Journey, path: Path): LinearJourney {
  const names = path.map(({ componentId }, index) => {
    const before = path.slice(0, index).filter((step) => step.componentId === componentId).length;
    return before === 0 ? componentId : `${componentId}-${before + 1}`;
  });
  const components: Record<string, Component> = {};
  const signals = new Map<string, { message?: string; status?: string }>();
  for (const [index, { componentId, outlet }] of path.entries()) {
    const name = names[index] as string;
    const component = journey.components[componentId] as Component;
    const soFar = path.slice(0, index);
    const newest = (id: string) => names[soFar.findLastIndex((step) => step.componentId === id)] ?? id;
    components[name] = leadingTo(component, names[index + 1], newest);
    const { outcome = "" } = outlets(component)[outlet] ?? {};
    if (component.type === "waitFor" && outcome !== "otherwise") signals.set(name, {});
    if (component.type === "messageStatusRule" && outcome === "met")
      signals.set(name, { message: newest(component.message), status: component.status });
  }
  const { event, where, audience, entry, key } = journey.trigger;
  const trigger = {
    ...(event === undefined ? { where: marked } : { event: TRIGGER, audience: equallyCostly([where, audience]) }),
    ...(entry !== undefined && { entry }),
    ...(key !== undefined && { key }),
  };
  // Rules on the customer are dropped: the sample customer might meet them.
  const rules = { exit: journey.exit?.filter(byEvent), goals: journey.goals?.filter(byEvent) };
  const start = names[0] as string;
  // A version that is live has a number, which a document that people edit must not have.
  const { version: _, ...document } = journey;
  return { journey: { ...document, status: "active", trigger, start, components, ...rules }, signals };
}

const byEvent = ({ event }: { event?: string | undefined }) => event !== undefined;
const marked: Condition = { field: `customer.${MARK}`, operator: "exists" };

/** A condition that is always met and makes the same reads as these conditions: counted events are fetched. */
function equallyCostly(conditions: readonly (Condition | undefined)[]): Condition {
  const counted = conditions.flatMap((each) => (each ? leaves(each).filter((leaf) => "event" in leaf) : []));
  return { any: [...counted, { field: "customer.customerId", operator: "exists" }] };
}

/** The component with every outlet leading to `next`. */
function leadingTo(component: Component, next: string | undefined, newest: (id: string) => string): Component {
  const to = next === undefined ? {} : { next };
  switch (component.type) {
    case "messageStatusRule": {
      const { met: _, notMet: __, ...rule } = component;
      return { ...rule, message: newest(component.message), ...(next !== undefined && { met: next, notMet: next }) };
    }
    case "condition":
    case "waitFor":
    case "split": {
      const otherwise = component.type === "split" || next === undefined ? {} : { otherwise: next };
      const branches = component.branches.map(({ next: _, ...branch }) => ({
        ...branch,
        ...("when" in branch && { when: equallyCostly([branch.when]) }),
        ...to,
      }));
      const { otherwise: _, ...rest } = component as Extract<Component, { type: "condition" }>;
      const awaited =
        component.type === "waitFor" ? [{ id: component.branches[0]?.id ?? "met", event: SIGNAL, ...to }] : branches;
      return { ...rest, branches: awaited, ...otherwise } as Component;
    }
    case "wait": {
      const { next: _, until, ...wait } = component;
      // A field with the end of the wait has no value here. A wait of one day replaces it.
      const { until: field, ...length } = until && "field" in until ? { for: "P1D", until } : { until };
      return { ...wait, ...(field && !("field" in field) && { until: field }), ...length, ...to } as Component;
    }
    default: {
      const { next: _, ...rest } = component;
      return { ...rest, ...to } as Component;
    }
  }
}
