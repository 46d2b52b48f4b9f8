/**
 * A journey along one path: every outlet of a component leads where the path goes, so that nothing has to be known about
 * customers and events. What decides which way a customer goes costs the same whichever way it is.
 */
import type { Component } from "../../lambdas/domain/component.ts";
import type { Condition } from "../../lambdas/domain/condition.ts";
import { leaves } from "../../lambdas/domain/condition-tree.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { outlets } from "../../lambdas/domain/outlets.ts";
import type { Path } from "./paths.ts";

export const TRIGGER = "cost.trigger";
/** What every `waitFor` on the path waits for. */
export const SIGNAL = "cost.signal";
/** What lets a customer into a journey without a trigger event. */
export const MARK = "costMark";

export interface Straight {
  readonly journey: Journey;
  /** The components that something must happen at, with the message and status of a rule. */
  readonly signals: ReadonlyMap<string, { readonly message?: string; readonly status?: string }>;
}

export function straightened(journey: Journey, path: Path): Straight {
  const names = path.map(({ componentId }, index) => {
    const before = path.slice(0, index).filter((step) => step.componentId === componentId).length;
    return before === 0 ? componentId : `${componentId}-${before + 1}`;
  });
  const components: Record<string, Component> = {};
  const signals = new Map<string, { message?: string; status?: string }>();
  for (const [index, { componentId, outlet }] of path.entries()) {
    const name = names[index] as string;
    const component = journey.components[componentId] as Component;
    const so = path.slice(0, index);
    const newest = (id: string) => names[so.findLastIndex((step) => step.componentId === id)] ?? id;
    components[name] = led(component, names[index + 1], newest);
    const { outcome = "" } = outlets(component)[outlet] ?? {};
    if (component.type === "waitFor" && outcome !== "otherwise") signals.set(name, {});
    if (component.type === "messageStatusRule" && outcome === "met")
      signals.set(name, { message: newest(component.message), status: component.status });
  }
  const { event, where, audience, entry, key } = journey.trigger;
  const trigger = {
    ...(event === undefined ? { where: marked } : { event: TRIGGER, audience: asCostly([where, audience]) }),
    ...(entry !== undefined && { entry }),
    ...(key !== undefined && { key }),
  };
  // Rules that watch the customer might hold for a customer of whom nothing is known.
  const rules = { exit: journey.exit?.filter(byEvent), goals: journey.goals?.filter(byEvent) };
  const start = names[0] as string;
  return { journey: { ...journey, status: "active", trigger, start, components, ...rules }, signals };
}

const byEvent = ({ event }: { event?: string | undefined }) => event !== undefined;
const marked: Condition = { field: `customer.${MARK}`, operator: "exists" };

/** A condition that always holds and reads what these read: events that are counted are fetched. */
function asCostly(conditions: readonly (Condition | undefined)[]): Condition {
  const counted = conditions.flatMap((each) => (each ? leaves(each).filter((leaf) => "event" in leaf) : []));
  return { any: [...counted, { field: "customer.customerId", operator: "exists" }] };
}

/** The component with every way out leading to the same place. */
function led(component: Component, next: string | undefined, newest: (id: string) => string): Component {
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
        ...("when" in branch && { when: asCostly([branch.when]) }),
        ...to,
      }));
      const { otherwise: _, ...rest } = component as Extract<Component, { type: "condition" }>;
      const awaited =
        component.type === "waitFor" ? [{ id: component.branches[0]?.id ?? "met", event: SIGNAL, ...to }] : branches;
      return { ...rest, branches: awaited, ...otherwise } as Component;
    }
    case "wait": {
      const { next: _, until, ...wait } = component;
      // A field that says until when is not known here: a day stands for it.
      const { until: field, ...length } = until && "field" in until ? { for: "P1D", until } : { until };
      return { ...wait, ...(field && "time" in field && { until: field }), ...length, ...to } as Component;
    }
    default: {
      const { next: _, ...rest } = component;
      return { ...rest, ...to } as Component;
    }
  }
}
