/**
 * Leads an example's customer along a path, and gives the scenario what the path needs: branches of splits here; reports
 * of messages and awaited events in `take-outlet.ts`. Each step asks the functions that decide in production. Where the
 * customer would go another way, there is no example.
 */
import type { Example } from "../documents/example.ts";
import type { Message } from "../enrollment/enrollment.ts";
import type { Component, ComponentOf } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { END } from "../journey/outlets.ts";
import { judgeLimits } from "../messages/limits.ts";
import { mayReceive } from "../messages/may-receive.ts";
import { plus, type Time } from "../time/time.ts";
import { ownZone, zoneOf } from "../walk/journey-facts.ts";
import type { EnteredExample } from "./enter-example.ts";
import { EXAMPLE_START } from "./example.ts";
import { type ExampleWalk, type Kinds, OtherWay } from "./example-walk.ts";
import type { Place, Step } from "./explore.ts";
import { takeOutlet } from "./take-outlet.ts";

export interface Walked {
  readonly example: Example;
  /** When each message was sent, in order. */
  readonly sent: readonly { readonly componentId: string; readonly at: Time }[];
}

export function walkExample(
  journey: Journey,
  entered: EnteredExample,
  path: readonly Step[],
  kinds: Kinds,
): Walked | undefined {
  const { customer, example } = entered;
  const walk: ExampleWalk = {
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
    for (const { place, outlet } of path) leaveBy(walk, place, outlet);
  } catch (error) {
    if (error instanceof OtherWay) return undefined;
    throw error;
  }
  return { example: { ...walk.example, until: plus(walk.now, "PT1H") }, sent: walk.sent };
}

function leaveBy(walk: ExampleWalk, place: Place, wanted: number): void {
  const { journey } = walk;
  const id = place.componentId;
  const component = journey.components[id] as Component;
  // A second visit without a wait between would be a loop that the stack breaks.
  if (walk.left.get(id) === walk.now) throw new OtherWay();
  if (component.type === "split") takeBranch(walk, id, component, wanted);
  else if (component.type === "sendTemplate") send(walk, id, component);
  else takeOutlet(walk, place, component, wanted);
  walk.left.set(id, walk.now);
}

function takeBranch(walk: ExampleWalk, id: string, component: ComponentOf<"split">, wanted: number): void {
  const branch = component.branches[wanted]?.next ?? END;
  const chosen = walk.example.splits.find((each) => each.component === id);
  if (chosen && chosen.branch !== branch) throw new OtherWay();
  if (!chosen) walk.example = { ...walk.example, splits: [...walk.example.splits, { component: id, branch }] };
}

function send(walk: ExampleWalk, id: string, { template }: ComponentOf<"sendTemplate">): void {
  const { journey, customer, kinds } = walk;
  const kind = kinds.get(template) ?? "marketing";
  const reachedAt = walk.now;
  if (mayReceive(customer, { channel: "email", class: kind }) !== undefined || isReportedBad(walk))
    throw new OtherWay();
  const about = { class: kind, channel: "email", state: customer.attributes.state, reachedAt } as const;
  const zones = { zone: zoneOf(undefined, { customer }, journey), ownZone: ownZone({ customer }) };
  for (;;) {
    const verdict = judgeLimits(journey.limits ?? {}, { ...about, ...zones, sends: walk.sends, now: walk.now });
    if (verdict.kind === "send") break;
    if (verdict.kind !== "delay") throw new OtherWay();
    walk.now = verdict.until;
  }
  const { now } = walk;
  const messageId = `${id} ${walk.sent.length}`;
  walk.messages = {
    ...walk.messages,
    [id]: { messageId, componentId: id, state: "sent", statuses: { sent: now } } as Message,
  };
  walk.sends.push({ messageId, class: kind, at: now });
  walk.sent.push({ componentId: id, at: now });
}

const isReportedBad = ({ example }: ExampleWalk) =>
  example.statuses.some(({ status }) => status === "bounced" || status === "complained" || status === "failed");
