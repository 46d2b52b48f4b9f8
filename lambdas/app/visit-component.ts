/**
 * One component, visited: the decision is `advance`'s, here it takes effect, once. Visits that have no effect outside
 * the enrollment are not stored one by one but with the next thing that is.
 */

import { advance } from "../domain/advance.ts";
import { type Customer, customerView, isForgotten } from "../domain/customer.ts";
import { changeTags, mergeChanges } from "../domain/customer-merge.ts";
import { type Enrollment, ended, restingSince, walkedThrough } from "../domain/enrollment.ts";
import { deterministicId } from "../domain/hash.ts";
import type { Journey } from "../domain/journey.ts";
import type { JourneyFacts } from "../domain/journey-facts.ts";
import { judge } from "../domain/judge.ts";
import { limitsOf } from "../domain/limits.ts";
import { moved, restsOn, withMessage } from "../domain/move.ts";
import type { Advanced, Effect } from "../domain/outcome.ts";
import { restAtOnce } from "../domain/rest-at-once.ts";
import { noSends, type Sends } from "../domain/sends.ts";
import { later } from "../domain/time.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import { type Gathered, gatherFacts } from "./gather-facts.ts";
import type { Instruction } from "./instruction.ts";
import type { Change, Ports } from "./ports.ts";
import { queueMail } from "./queue-mail.ts";
import { messageIdOf, onward, resumeSend, sendOnce } from "./send-once.ts";

export interface Walk {
  /** The version that the customer entered with. */
  readonly journey: Journey;
  /** The version that is live: exit rules and goals are its. */
  readonly live: Journey;
  /** The enrollment as stored, and as it is by now. */
  readonly stored: Enrollment;
  readonly enrollment: Enrollment;
  /** The customer, as far as already read. */
  readonly customer?: Customer;
}

type Visited = Walk | Instruction;

/** @throws ConflictError when somebody else has changed the enrollment: walk again from what is stored. */
export async function visitComponent(walk: Walk, ports: Ports): Promise<Visited> {
  const { journey, enrollment } = walk;
  const { position } = enrollment;
  const component = journey.components[position.componentId];
  if (!component) return end(walk, ended(enrollment, "failed", ports.clock.now(), "unknown-component"), ports);
  if (component.type === "sendTemplate" && position.claim !== undefined) {
    const settled = await resumeSend(enrollment, onward(component.next), ports);
    return settled === "settled" ? { next: "continue" } : { next: "wait", until: settled.until };
  }
  const customer = walk.customer ?? (await ports.store.customer(enrollment.customerId));
  // Who was erased since is not brought back by what a component says of them.
  if (isForgotten(customer, enrollment.trigger.time))
    return end(walk, ended(enrollment, "exited", ports.clock.now(), "customer-deleted"), ports);
  const gathered = await gatherFacts(enrollment, customer, journey, ports);
  const facts: Gathered = {
    ...gathered,
    again: walkedThrough(enrollment, position.componentId),
    limits: limitsOf(walk.live.limits, ports.limits),
    sends: gathered.sent?.sends.filter(({ messageId }) => messageId !== messageIdOf(enrollment)),
    reachedAt: restingSince(enrollment),
  };
  const advanced = advance(journey, position, facts, ports.clock.now());
  if (advanced.next.kind === "wait") return rest(walk, advanced, facts, ports);
  const [effect] = advanced.effects;
  const left = moved(withSkip(walk, advanced, facts, ports), component.type, advanced, ports.clock.now());
  const visit: Visit = { walk: { ...walk, customer }, customer, sent: gathered.sent, left };
  if (effect) return (takeEffect[effect.kind] as TakeEffect)(effect, visit, ports);
  return goOn(visit, ports);
}

/** A visit that is decided: where the customer was, and the enrollment after it. */
interface Visit {
  readonly walk: Walk;
  readonly customer: Customer;
  readonly sent: Sends | undefined;
  readonly left: Enrollment;
}

type TakeEffect<E = Effect> = (effect: E, visit: Visit, ports: Ports) => Promise<Visited>;

const takeEffect: { [K in Effect["kind"]]: TakeEffect<Extract<Effect, { kind: K }>> } = {
  changeTags({ add, remove }, visit, ports) {
    const { customer, walk } = visit;
    const changed = changeTags(customer, add, remove, ports.clock.now(), walk.enrollment.hops + 1);
    return changeCustomer(visit, changed, ports);
  },

  setAttributes({ changes }, visit, ports) {
    const { customer, walk } = visit;
    const newest = Object.values(customer.times).reduce(later, ports.clock.now());
    return changeCustomer(visit, mergeChanges(customer, changes, newest, walk.enrollment.hops + 1), ports);
  },

  /** Claimed before it is published, so that nothing is published after an exit; a repetition carries the same id. */
  async emit({ event, data }, { walk, left }, ports) {
    const { position, enrollmentId, customerId, hops } = walk.enrollment;
    const id = deterministicId(enrollmentId, String(position.visit), "emit");
    let { stored } = walk;
    if (position.claim === undefined)
      stored = await changeEnrollment(ports, stored, { ...walk.enrollment, position: { ...position, claim: id } });
    await ports.bus.publish([{ name: event, id, customerId, time: ports.clock.now(), data, hops: hops + 1 }]);
    return left.status === "active" ? { ...walk, stored, enrollment: left } : end({ ...walk, stored }, left, ports);
  },

  async send({ message }, { walk, customer, sent = noSends(customer.customerId) }, ports) {
    const { journey, live, enrollment } = walk;
    const waits = message.channel === "email" ? await queueMail(walk, ports) : undefined;
    if (waits) return waits;
    const component = journey.components[enrollment.position.componentId];
    const next = component?.type === "sendTemplate" ? component.next : undefined;
    const decided = { stored: walk.stored, enrollment, customer, sent };
    const go = onward(next);
    const stored = await sendOnce(
      decided,
      message,
      (record, now) => restAtOnce(go(record, now), journey, customer, now),
      ports,
    );
    if (stored?.status !== "active") return { next: "done" };
    return stored.position.visit === enrollment.position.visit
      ? { next: "continue" }
      : { journey, live, stored, enrollment: stored, customer };
  },
};

async function changeCustomer(visit: Visit, changed: Customer, ports: Ports): Promise<Visited> {
  if (changed === visit.customer) return goOn(visit, ports);
  const customer = { ...changed, revision: visit.customer.revision + 1 };
  const left = judgedBy(customer, visit, ports);
  return goOn({ ...visit, left, walk: { ...visit.walk, customer } }, ports, [{ kind: "customer", customer }]);
}

/** The journey's own change counts before its next component: the stream would tell of it too late. */
function judgedBy(customer: Customer, { walk, left }: Visit, { clock }: Ports): Enrollment {
  const change = { kind: "change", revision: customer.revision, time: customer.changedAt } as const;
  const versions = { live: walk.live, entered: walk.journey };
  const judged = judge(left, versions, change, customerView(customer), clock.now());
  return judged.status === left.status ? judged : { ...judged, position: walk.enrollment.position };
}

async function goOn({ walk, customer, left }: Visit, ports: Ports, also: readonly Change[] = []): Promise<Visited> {
  if (left.status !== "active") return end(walk, left, ports, also);
  if (also.length === 0) return { ...walk, enrollment: left };
  const resting = restAtOnce(left, walk.journey, customer, ports.clock.now());
  const stored = await changeEnrollment(ports, walk.stored, resting, also);
  return { ...walk, stored, enrollment: stored };
}

async function end(
  walk: Walk,
  enrollment: Enrollment,
  ports: Ports,
  also: readonly Change[] = [],
): Promise<Instruction> {
  await changeEnrollment(ports, walk.stored, enrollment, also);
  return { next: "done" };
}

/** Comes to rest, and looks once more: what happened meanwhile could not see that somebody waits for it. */
async function rest(walk: Walk, advanced: Advanced, { again, customer }: JourneyFacts, ports: Ports): Promise<Visited> {
  const { journey, live, enrollment, stored } = walk;
  const { next } = advanced;
  if (next.kind !== "wait") throw new TypeError("Only who waits rests.");
  const instruction: Instruction =
    next.for === "timer"
      ? { next: "wait", until: next.until }
      : { next: "awaitSignal", until: next.until, visit: enrollment.position.visit };
  if (restsOn(enrollment.position, next)) return instruction;
  const now = ports.clock.now();
  const type = journey.components[enrollment.position.componentId]?.type ?? "wait";
  const resting = moved(enrollment, type, advanced, now);
  const position = again ? { ...resting.position, since: now } : resting.position;
  const waiting = await changeEnrollment(ports, stored, { ...resting, position });
  if (next.for === "timer") return instruction;
  // Only a `waitFor` looks at the customer.
  return { journey, live, stored: waiting, enrollment: waiting, ...(type !== "waitFor" && { customer }) };
}

/** A message that is not sent is noted too: a rule that judges it must not take an older one for it. */
function withSkip(
  { journey, enrollment }: Walk,
  { outcome, reason }: Advanced,
  { template }: JourneyFacts,
  { clock }: Ports,
): Enrollment {
  const { componentId } = enrollment.position;
  const component = journey.components[componentId];
  if (outcome !== "skipped" || component?.type !== "sendTemplate") return enrollment;
  return withMessage(enrollment, {
    messageId: messageIdOf(enrollment),
    componentId,
    template: component.template,
    channel: template?.channel ?? "email",
    state: "skipped",
    ...(reason !== undefined && { reason }),
    claimedAt: clock.now(),
    attempts: 0,
    statuses: {},
  });
}
