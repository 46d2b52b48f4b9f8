/**
 * One customer who takes one path, as a scenario. The journey is straightened: every outlet of a component leads where
 * the path goes, so that nothing has to be known about customers and events; what decides which way a customer goes
 * costs the same whichever way it is. A rule and a `waitFor` are made to happen, or left to wait out their time.
 */
import type { Component } from "../lambdas/domain/component.ts";
import type { Condition } from "../lambdas/domain/condition.ts";
import { leaves } from "../lambdas/domain/condition-tree.ts";
import type { Journey } from "../lambdas/domain/journey.ts";
import type { Json, JsonObject } from "../lambdas/domain/json.ts";
import { outlets } from "../lambdas/domain/outlets.ts";
import { plus, type Time } from "../lambdas/domain/time.ts";
import type { Scenario } from "../simulator/scenario.ts";
import type { TimelineLine } from "../simulator/timeline.ts";
import { measure } from "./measure.ts";
import type { Path } from "./paths.ts";
import type { Usage } from "./usage.ts";

const CUSTOMER = "customer-of-the-cost";
const TRIGGER = "cost.trigger";
const SIGNAL = "cost.signal";
const START = "2026-01-05T09:00:00.000Z";
/** The mail service reports it of every message, unless the journey waits for just that. */
const DELIVERED = "delivered";
const MARK = "costMark";

export interface PathCost {
  readonly usage: Usage;
  /** How long it takes. */
  readonly milliseconds: number;
}

/** @throws when a customer cannot come to the end of the path: the journey has problems then. */
export async function costAlong(journey: Journey, path: Path): Promise<PathCost> {
  const straight = straightened(journey, path);
  const planned: Planned[] = [];
  // Each run shows when the next thing must happen that the path needs.
  for (;;) {
    const lines: TimelineLine[] = [];
    const { usage, simulation } = await measure(scenarioOf(straight, planned), (line) => lines.push(line));
    const missing = nextSignal(straight, lines, planned);
    if (missing) {
      planned.push(missing);
      continue;
    }
    const end = lines.findLast(({ kind }) => kind === "completed");
    if (!end) throw new Error(`Nobody comes to the end of ${path.map(({ componentId }) => componentId).join(" → ")}.`);
    if (simulation.warnings[0] !== undefined) throw new Error(simulation.warnings[0]);
    return { usage, milliseconds: Date.parse(end.at) - Date.parse(START) };
  }
}

interface Planned {
  readonly at: Time;
  readonly componentId: string;
  readonly status?: string;
}

interface Straight {
  readonly journey: Journey;
  /** The components that something must happen at, with the message and status of a rule. */
  readonly signals: ReadonlyMap<string, { readonly message?: string; readonly status?: string }>;
}

function straightened(journey: Journey, path: Path): Straight {
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

function scenarioOf({ journey }: Straight, planned: readonly Planned[]): Scenario {
  const templates = new Set(
    Object.values(journey.components).flatMap((each) => (each.type === "sendTemplate" ? each.template : [])),
  );
  const { event, key } = journey.trigger;
  const changes = event === undefined ? { customer: { [MARK]: true } } : {};
  return {
    journeys: [journey as unknown as Record<string, unknown>],
    templates: [...templates].map((id) => ({
      id,
      channel: "email",
      class: "marketing",
      subject: "Hello {{ customer.firstName }}",
      html: '<p>Hello</p><a href="{{ unsubscribeUrl }}">Unsubscribe</a>',
    })),
    customers: [{ customerId: CUSTOMER, email: "ada@mail.example", firstName: "Ada" }],
    events: [
      { at: START, event: TRIGGER, id: "the-trigger", customerId: CUSTOMER, data: dataWith(key), ...changes },
      ...planned
        .filter(({ status }) => status === undefined)
        .map(({ at, componentId }) => ({ at, event: SIGNAL, id: `at-${componentId}`, customerId: CUSTOMER })),
    ],
    statuses: planned.flatMap(({ at, componentId, status }) =>
      status === undefined ? [] : [{ at, customerId: CUSTOMER, message: componentId, status: status as "read" }],
    ),
    until: plus(START, "P3650D"),
  };
}

/** The data of an event that has a key at this path. */
function dataWith(key: string | undefined): JsonObject {
  const names = key?.split(".").slice(1) ?? [];
  return names.reduceRight<Json>(
    (inner, name) => ({ [name]: inner }),
    names.length > 0 ? "key-of-the-cost" : {},
  ) as JsonObject;
}

/** What must happen that has not been planned yet: a second after the customer has come to where it is awaited. */
function nextSignal(
  { journey, signals }: Straight,
  lines: readonly TimelineLine[],
  planned: readonly Planned[],
): Planned | undefined {
  const watched = new Set(
    Object.values(journey.components).flatMap((each) => (each.type === "messageStatusRule" ? each.status : [])),
  );
  const isPlanned = (componentId: string, status?: string) =>
    planned.some((known) => known.componentId === componentId && known.status === status);
  for (const line of lines) {
    if (line.kind === "message" && !isPlanned(line.componentId, DELIVERED) && !watched.has(DELIVERED))
      return { at: plus(line.at, "PT1S"), componentId: line.componentId, status: DELIVERED };
    if (line.kind !== "component" || line.outcome !== "waiting") continue;
    const signal = signals.get(line.componentId);
    if (!signal) continue;
    const { message = line.componentId, status } = signal;
    if (isPlanned(message, status)) continue;
    return { at: plus(line.at, "PT1S"), componentId: message, ...(status !== undefined && { status }) };
  }
  return undefined;
}
