/** A journey's counts as a funnel: entries, customers at each component, outcomes, messages and goals. */

import { type CounterOf, counterName } from "../../lambdas/domain/counters/counter-name.ts";
import { countersOf } from "../../lambdas/domain/counters/counters.ts";
import type { Counts } from "../../lambdas/domain/counters/counts.ts";
import type { Component, ComponentType } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../lambdas/domain/journey/outlets.ts";
import type { Status } from "../../lambdas/domain/messages/message-status.ts";

export interface Funnel {
  readonly entered: number;
  readonly active: number;
  readonly completed: number;
  readonly exited: Ending;
  readonly failed: Ending;
  readonly components: readonly ComponentCounts[];
  readonly messages: readonly MessageCounts[];
  readonly goals: readonly GoalCounts[];
}

export interface Ending {
  readonly total: number;
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ComponentCounts {
  readonly componentId: string;
  /** The name that people gave to the component. */
  readonly name?: string;
  /** The type of the component; absent when the component is not in this version. */
  readonly type?: ComponentType;
  /**
   * Whether this version has the component. Customers of an older version may still be at a component that this version
   * lacks.
   */
  readonly live: boolean;
  readonly entered: number;
  readonly here: number;
  readonly left: Readonly<Record<string, number>>;
}

export interface MessageCounts {
  readonly componentId: string;
  /** The name that people gave to the component. */
  readonly name?: string;
  /**
   * The number of messages that were published for an app to send. Later reports do not change this number. An email
   * never has this state.
   */
  readonly requested: number;
  readonly sent: number;
  readonly skipped: Ending;
  readonly statuses: Readonly<Record<Exclude<Status, "sent">, number>>;
  /** The number of messages for which no report says whether they were sent. */
  readonly unknown: number;
  /**
   * Delivered and bounced: share of sent. Read, clicked and complained: share of delivered. A rate is absent when the
   * whole is 0.
   */
  readonly rates: Readonly<Partial<Record<"delivered" | "read" | "clicked" | "bounced" | "complained", number>>>;
}

export interface GoalCounts {
  readonly goalId: string;
  readonly reached: number;
  /** The share of the customers who entered. */
  readonly conversion?: number;
}

export function funnelOf(journey: Pick<Journey, "components" | "start" | "goals">, counts: Counts): Funnel {
  const entered = counts.entered ?? 0;
  const counted = { components: idsIn(counts, "component"), messages: idsIn(counts, "message") };
  const reachedGoals = new Map(countersOf(counts, "goal").map(({ counter, count }) => [counter.goalId, count]));
  const order = inOrder(journey);
  const senders = order.filter((id) => journey.components[id]?.type === "sendTemplate");
  const goals = new Set([...(journey.goals ?? []).map(({ id }) => id), ...reachedGoals.keys()]);
  return {
    entered,
    active: counts.active ?? 0,
    completed: counts.completed ?? 0,
    exited: ending(counts, "exited"),
    failed: ending(counts, "failed"),
    components: [...new Set([...order, ...counted.components])].map((id) =>
      componentCounts(id, journey.components[id], counts),
    ),
    messages: [...new Set([...senders, ...counted.messages])].map((id) =>
      messageCounts(id, journey.components[id], counts),
    ),
    goals: [...goals].map((goalId) => {
      const reached = reachedGoals.get(goalId) ?? 0;
      return { goalId, reached, ...rate("conversion", reached, entered) };
    }),
  };
}

/** The components in the order of a customer who takes the first branch each time; unreachable components last. */
function inOrder({ start, components }: Pick<Journey, "components" | "start">): string[] {
  const met = new Set<string>();
  const follow = (id: string | undefined): void => {
    const component = id === undefined ? undefined : components[id];
    if (id === undefined || !component || met.has(id)) return;
    met.add(id);
    for (const { to } of outlets(component)) follow(to);
  };
  follow(start);
  return [...new Set([...met, ...Object.keys(components)])];
}

function componentCounts(componentId: string, component: Component | undefined, counts: Counts): ComponentCounts {
  const entered = counts[counterName({ scope: "component", componentId, count: "entered" })] ?? 0;
  const counted = Object.fromEntries(
    countersOf(counts, "component").flatMap(({ counter, count }) =>
      counter.componentId === componentId && counter.count === "left" ? [[counter.outcome, count]] : [],
    ),
  );
  const known = component ? outlets(component).map(({ outcome }) => [outcome, counted[outcome] ?? 0]) : [];
  const left: Record<string, number> = { ...Object.fromEntries(known), ...counted };
  return {
    componentId,
    ...nameOf(component),
    ...(component && { type: component.type }),
    live: component !== undefined,
    entered,
    here: entered - Object.values(left).reduce((sum, count) => sum + count, 0),
    left,
  };
}

function messageCounts(componentId: string, component: Component | undefined, counts: Counts): MessageCounts {
  const count = (name: Exclude<CounterOf<"message">["count"], "skipped">) =>
    counts[counterName({ scope: "message", componentId, count: name })] ?? 0;
  const [sent, delivered] = [count("sent"), count("delivered")];
  const skipped: Record<string, number> = {};
  // Two stored names may have the same reason, because a reason was renamed.
  for (const { counter, count } of countersOf(counts, "message"))
    if (counter.componentId === componentId && counter.count === "skipped")
      skipped[counter.reason] = (skipped[counter.reason] ?? 0) + count;
  return {
    componentId,
    ...nameOf(component),
    requested: count("requested"),
    sent,
    skipped: { total: Object.values(skipped).reduce((sum, amount) => sum + amount, 0), reasons: skipped },
    statuses: {
      delivered,
      read: count("read"),
      clicked: count("clicked"),
      replied: count("replied"),
      bounced: count("bounced"),
      complained: count("complained"),
      failed: count("failed"),
    },
    unknown: count("unknown"),
    rates: {
      ...rate("delivered", delivered, sent),
      ...rate("read", count("read"), delivered),
      ...rate("clicked", count("clicked"), delivered),
      ...rate("bounced", count("bounced"), sent),
      ...rate("complained", count("complained"), delivered),
    },
  };
}

function nameOf(component: Component | undefined): { readonly name?: string } {
  return component?.name === undefined ? {} : { name: component.name };
}

function rate<Name extends string>(name: Name, part: number, whole: number): { readonly [N in Name]?: number } {
  return (whole > 0 ? { [name]: part / whole } : {}) as { readonly [N in Name]?: number };
}

function ending(counts: Counts, status: "exited" | "failed"): Ending {
  const reasons = countersOf(counts, "ending").flatMap(({ counter, count }) =>
    counter.status === status ? [[counter.reason, count] as const] : [],
  );
  return { total: counts[status] ?? 0, reasons: Object.fromEntries(reasons) };
}

function idsIn(counts: Counts, kind: "component" | "message"): string[] {
  return [...new Set(countersOf(counts, kind).map(({ counter }) => counter.componentId))].sort();
}
