/**
 * Leads an example's customer along a path, and gives the scenario what it needs: reports of messages, awaited events,
 * branches of splits. Each step asks the functions that decide in production. Where the customer would go another way,
 * there is no example.
 */
import { evaluate } from "../conditions/evaluate.ts";
import { type Customer, customerView } from "../customer/customer.ts";
import type { Example } from "../documents/example.ts";
import type { Message, Position } from "../enrollment/enrollment.ts";
import type { ActivityEvent } from "../enrollment/met-branch.ts";
import type { Component, ComponentOf } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { END, type Outlet, outlets } from "../journey/outlets.ts";
import { judgeLimits } from "../messages/limits.ts";
import { mayReceive } from "../messages/may-receive.ts";
import type { Send } from "../messages/send-log.ts";
import { plus, type Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";
import { namesIn } from "../values/path.ts";
import { advance } from "../walk/advance.ts";
import { type JourneyFacts, ownZone, zoneOf } from "../walk/journey-facts.ts";
import type { Advanced, Effect } from "../walk/outcome.ts";
import type { EnteredExample } from "./enter-example.ts";
import { EXAMPLE_CUSTOMER, EXAMPLE_START } from "./example.ts";
import { setAt, valuesOf } from "./example-values.ts";
import type { Place, Step } from "./explore.ts";
import { ways } from "./ways.ts";

export interface Walked {
  readonly example: Example;
  /** When each message was sent, in order. */
  readonly sent: readonly { readonly componentId: string; readonly at: Time }[];
}

/** The class and channel of a template, as far as they are known. */
export type Kinds = ReadonlyMap<string, "marketing" | "transactional" | undefined>;

interface Going {
  readonly journey: Journey;
  readonly entered: EnteredExample;
  readonly kinds: Kinds;
  now: Time;
  customer: Customer;
  example: Example;
  messages: Record<string, Message>;
  sends: Send[];
  sent: { componentId: string; at: Time }[];
  /** When the customer left each component last. */
  left: Map<string, Time>;
}

class OtherWay extends Error {}

export function walkExample(
  journey: Journey,
  entered: EnteredExample,
  path: readonly Step[],
  kinds: Kinds,
): Walked | undefined {
  const { customer, example } = entered;
  const going: Going = {
    journey,
    entered,
    kinds,
    now: EXAMPLE_START,
    customer,
    example,
    messages: {},
    sends: [],
    sent: [],
    left: new Map(),
  };
  try {
    for (const { place, outlet } of path) leaveBy(going, place, outlet);
  } catch (error) {
    if (error instanceof OtherWay) return undefined;
    throw error;
  }
  return { example: { ...going.example, until: plus(going.now, "PT1H") }, sent: going.sent };
}

function leaveBy(going: Going, place: Place, wanted: number): void {
  const { journey } = going;
  const id = place.componentId;
  const component = journey.components[id] as Component;
  // A second visit without a wait between would be a loop that the stack breaks.
  if (going.left.get(id) === going.now) throw new OtherWay();
  if (component.type === "split") takeBranch(going, id, component, wanted);
  else if (component.type === "sendTemplate") send(going, id, component);
  else takeOutlet(going, place, component, wanted);
  going.left.set(id, going.now);
}

function takeBranch(going: Going, id: string, component: ComponentOf<"split">, wanted: number): void {
  const branch = component.branches[wanted]?.next ?? END;
  const chosen = going.example.splits.find((each) => each.component === id);
  if (chosen && chosen.branch !== branch) throw new OtherWay();
  if (!chosen) going.example = { ...going.example, splits: [...going.example.splits, { component: id, branch }] };
}

function send(going: Going, id: string, { template }: ComponentOf<"sendTemplate">): void {
  const { journey, customer, kinds } = going;
  const kind = kinds.get(template) ?? "marketing";
  const reachedAt = going.now;
  if (mayReceive(customer, { channel: "email", class: kind }) !== undefined || isReportedBad(going))
    throw new OtherWay();
  const about = { class: kind, channel: "email", state: customer.attributes.state, reachedAt } as const;
  const zones = { zone: zoneOf(undefined, { customer }, journey), ownZone: ownZone({ customer }) };
  for (;;) {
    const verdict = judgeLimits(journey.limits ?? {}, { ...about, ...zones, sends: going.sends, now: going.now });
    if (verdict.kind === "send") break;
    if (verdict.kind !== "delay") throw new OtherWay();
    going.now = verdict.until;
  }
  const { now } = going;
  const messageId = `${id} ${going.sent.length}`;
  going.messages = {
    ...going.messages,
    [id]: { messageId, componentId: id, state: "sent", statuses: { sent: now } } as Message,
  };
  going.sends.push({ messageId, class: kind, at: now });
  going.sent.push({ componentId: id, at: now });
}

const isReportedBad = ({ example }: Going) =>
  example.statuses.some(({ status }) => status === "bounced" || status === "complained" || status === "failed");

function takeOutlet(going: Going, place: Place, component: Component, wanted: number): void {
  const outlet = outlets(component)[wanted];
  let position: Position = { componentId: place.componentId, visit: going.left.size, since: going.now };
  let activities: readonly ActivityEvent[] = [];
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const advanced = advance(going.journey, position, factsOf(going, activities), going.now);
    const { next } = advanced;
    if (next.kind !== "wait") {
      if (!isOutlet(advanced, outlet)) throw new OtherWay();
      takeEffect(going, advanced.effect);
      return;
    }
    position = { ...position, waiting: { for: next.for, until: next.until } };
    const event = looks === 0 ? whileWaiting(going, place, component, wanted) : undefined;
    if (event) activities = [event];
    else if (looks > 0 || !reports(going, component, wanted)) going.now = next.until;
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
function reports(going: Going, component: Component, wanted: number): boolean {
  if (component.type !== "messageStatusRule" || wanted !== 0) return false;
  const { message, status } = component;
  const sent = going.messages[message];
  if (!sent) throw new OtherWay();
  going.now = plus(going.now, SOON);
  const at = going.now;
  going.messages = { ...going.messages, [message]: { ...sent, statuses: { ...sent.statuses, [status]: at } } };
  going.example = {
    ...going.example,
    statuses: [...going.example.statuses, { at, customerId: EXAMPLE_CUSTOMER, message, status }],
  };
  return true;
}

/** After any wait of the shortest length has begun, and before it ends. */
const SOON = "PT30S";

/** The event that lets a customer at a `waitFor` take a branch. */
function whileWaiting(going: Going, place: Place, component: Component, wanted: number): ActivityEvent | undefined {
  if (component.type !== "waitFor" || wanted >= component.branches.length) return undefined;
  const { event: name, where, key } = component.branches[wanted] as (typeof component.branches)[number];
  const { journey, entered } = going;
  const isHeard = name === journey.trigger.event || journey.exit?.some(({ event }) => event === name);
  if (name === undefined || isHeard) throw new OtherWay();
  const [way] = ways(where, true, place.facts, "awaited");
  const values = way && valuesOf([way]);
  if (!values) throw new OtherWay();
  const data: JsonObject = values.awaited;
  if (key !== undefined && !(entered.key !== undefined && setAt(data, namesIn(key), entered.key))) throw new OtherWay();
  going.now = plus(going.now, SOON);
  const id = `example-${going.example.events.length + going.example.entries.length + 1}`;
  const event = { at: going.now, event: name, id, customerId: EXAMPLE_CUSTOMER, data };
  going.example = { ...going.example, events: [...going.example.events, event] };
  return { kind: "event", id, name, time: going.now, data };
}

function takeEffect(going: Going, effect: Effect | undefined): void {
  const { journey, customer } = going;
  if (effect?.kind === "emit") {
    const heard = [journey.trigger, ...(journey.exit ?? [])].some(({ event }) => event === effect.event);
    if (heard || isAwaited(journey, effect.event)) throw new OtherWay();
  }
  if (effect?.kind === "changeTags") {
    const kept = customer.tags.filter((tag) => !effect.remove.includes(tag) && !effect.add.includes(tag));
    changed(going, { ...customer, tags: [...kept, ...effect.add] });
  }
  if (effect?.kind === "setAttributes") {
    const attributes = Object.entries({ ...customer.attributes, ...effect.changes }).filter(
      ([, value]) => value !== null,
    );
    changed(going, { ...customer, attributes: Object.fromEntries(attributes) });
  }
}

const isAwaited = ({ components }: Journey, name: string) =>
  Object.values(components).some(
    (component) => component.type === "waitFor" && component.branches.some(({ event }) => event === name),
  );

/** A change can meet an exit rule. */
function changed(going: Going, customer: Customer): void {
  const { journey, entered, now } = going;
  const facts = {
    now,
    customer: customerView(customer),
    key: entered.key,
    enrollmentEvent: entered.event,
    timezone: journey.timezone,
  };
  for (const { event, where } of journey.exit ?? [])
    if (event === undefined && where && evaluate(where, facts)) throw new OtherWay();
  going.customer = customer;
}

function factsOf(going: Going, activities: readonly ActivityEvent[]): JourneyFacts {
  const { customer, entered, journey, messages } = going;
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
