/**
 * Leads an example's customer out of a component by the wanted outlet. The scenario gets the report or the event for
 * which the component waits. For any other component nothing is added: the customer must take this outlet anyway.
 */
import { evaluate } from "../conditions/evaluate.ts";
import { type Customer, customerView } from "../customer/customer.ts";
import type { Position } from "../enrollment/enrollment.ts";
import type { ActivityEvent } from "../enrollment/met-branch.ts";
import type { Component } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { type Outlet, outlets } from "../journey/outlets.ts";
import { plus } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";
import { namesIn } from "../values/path.ts";
import { advance } from "../walk/advance.ts";
import type { JourneyFacts } from "../walk/journey-facts.ts";
import type { Advanced, Effect } from "../walk/outcome.ts";
import { EXAMPLE_CUSTOMER, EXAMPLE_START } from "./example.ts";
import { setAt, valuesOf } from "./example-values.ts";
import { type ExampleWalk, OtherWay } from "./example-walk.ts";
import type { Place } from "./explore.ts";
import { ways } from "./ways.ts";

export function takeOutlet(walk: ExampleWalk, place: Place, component: Component, wanted: number): void {
  const outlet = outlets(component)[wanted];
  let position: Position = { componentId: place.componentId, visit: walk.left.size, since: walk.now };
  let activities: readonly ActivityEvent[] = [];
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const advanced = advance(walk.journey, position, factsOf(walk, activities), walk.now);
    const { next } = advanced;
    if (next.kind !== "wait") {
      if (!isOutlet(advanced, outlet)) throw new OtherWay();
      takeEffect(walk, advanced.effect);
      return;
    }
    position = { ...position, waiting: { for: next.for, until: next.until } };
    const event = looks === 0 ? whileWaiting(walk, place, component, wanted) : undefined;
    if (event) activities = [event];
    else if (looks > 0 || !reports(walk, component, wanted)) walk.now = next.until;
  }
  throw new OtherWay();
}

/** How often a component is visited at most: on arrival, after a report or event, and at the end of the wait. */
const MOST_LOOKS = 4;

function isOutlet({ outcome, next }: Advanced, wanted: Outlet | undefined): boolean {
  if (next.kind !== "component" && next.kind !== "completed") return false;
  return outcome === wanted?.outcome && (next.kind === "component" ? next.componentId : undefined) === wanted.to;
}

/** The report that lets a customer at a rule take the outlet `met`. */
function reports(walk: ExampleWalk, component: Component, wanted: number): boolean {
  if (component.type !== "messageStatusRule" || wanted !== 0) return false;
  const { message, status } = component;
  const sent = walk.messages[message];
  if (!sent) throw new OtherWay();
  walk.now = plus(walk.now, SOON);
  const at = walk.now;
  walk.messages = { ...walk.messages, [message]: { ...sent, statuses: { ...sent.statuses, [status]: at } } };
  walk.example = {
    ...walk.example,
    statuses: [...walk.example.statuses, { at, customerId: EXAMPLE_CUSTOMER, message, status }],
  };
  return true;
}

/** After any wait of the shortest length has begun, and before it ends. */
const SOON = "PT30S";

/** The event that lets a customer at a `waitFor` take a branch. */
function whileWaiting(
  walk: ExampleWalk,
  place: Place,
  component: Component,
  wanted: number,
): ActivityEvent | undefined {
  if (component.type !== "waitFor" || wanted >= component.branches.length) return undefined;
  const { event: name, where, key } = component.branches[wanted] as (typeof component.branches)[number];
  const { journey, entered } = walk;
  const isHeard = name === journey.trigger.event || journey.exit?.some(({ event }) => event === name);
  if (name === undefined || isHeard) throw new OtherWay();
  const [way] = ways(where, true, place.facts, "awaited");
  const values = way && valuesOf([way]);
  if (!values) throw new OtherWay();
  const data: JsonObject = values.awaited;
  if (key !== undefined && !(entered.key !== undefined && setAt(data, namesIn(key), entered.key))) throw new OtherWay();
  walk.now = plus(walk.now, SOON);
  const id = `example-${walk.example.events.length + walk.example.entries.length + 1}`;
  const event = { at: walk.now, event: name, id, customerId: EXAMPLE_CUSTOMER, data };
  walk.example = { ...walk.example, events: [...walk.example.events, event] };
  return { kind: "event", id, name, time: walk.now, data };
}

function takeEffect(walk: ExampleWalk, effect: Effect | undefined): void {
  const { journey, customer } = walk;
  if (effect?.kind === "emit") {
    const heard = [journey.trigger, ...(journey.exit ?? [])].some(({ event }) => event === effect.event);
    if (heard || isAwaited(journey, effect.event)) throw new OtherWay();
  }
  if (effect?.kind === "changeTags") {
    const kept = customer.tags.filter((tag) => !effect.remove.includes(tag) && !effect.add.includes(tag));
    changed(walk, { ...customer, tags: [...kept, ...effect.add] });
  }
  if (effect?.kind === "setAttributes") {
    const attributes = Object.entries({ ...customer.attributes, ...effect.changes }).filter(
      ([, value]) => value !== null,
    );
    changed(walk, { ...customer, attributes: Object.fromEntries(attributes) });
  }
}

const isAwaited = ({ components }: Journey, name: string) =>
  Object.values(components).some(
    (component) => component.type === "waitFor" && component.branches.some(({ event }) => event === name),
  );

/** A change can meet an exit rule. */
function changed(walk: ExampleWalk, customer: Customer): void {
  const { journey, entered, now } = walk;
  const facts = {
    now,
    customer: customerView(customer),
    key: entered.key,
    enrollmentEvent: entered.event,
    timezone: journey.timezone,
  };
  for (const { event, where } of journey.exit ?? [])
    if (event === undefined && where && evaluate(where, facts)) throw new OtherWay();
  walk.customer = customer;
}

function factsOf(walk: ExampleWalk, activities: readonly ActivityEvent[]): JourneyFacts {
  const { customer, entered, journey, messages } = walk;
  return {
    customer,
    event: entered.event,
    key: entered.key,
    timezone: journey.timezone,
    messages,
    eventTimes:
      entered.event && journey.trigger.event !== undefined ? { [journey.trigger.event]: [EXAMPLE_START] } : {},
    activities,
    loopedWithoutWait: false,
  };
}
