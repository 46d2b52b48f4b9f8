/** Carries out the effect of a component: each effect once, and only while the customer is inside. */
import { type Customer, customerView } from "../../domain/customer/customer.ts";
import { afterErasure, changeTags, mergeChanges } from "../../domain/customer/merge-changes.ts";
import { applyActivity } from "../../domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { systemEventId } from "../../domain/events/system-event-id.ts";
import { later, type Time } from "../../domain/time/time.ts";
import { applyStep } from "../../domain/walk/apply-step.ts";
import { type Effect, leave } from "../../domain/walk/outcome.ts";
import { customerWrites } from "../customer-writes.ts";
import { withEnrollmentEvent } from "../enrollment-event.ts";
import type { CarrierPorts } from "../messages/channels.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Ports } from "../ports.ts";
import { continueWalk, type Visit, type Visited } from "../walk-state.ts";
import { emitOnce } from "./emit-once.ts";

export type EffectPorts = CarrierPorts & Pick<Ports, "store" | "sendRate">;

export function takeEffect(effect: Effect, visit: Visit, ports: EffectPorts): Promise<Visited> {
  return (effects[effect.kind] as TakeEffect)(effect, visit, ports);
}

type TakeEffect<E = Effect> = (effect: E, visit: Visit, ports: EffectPorts) => Promise<Visited>;

const effects: { [K in Effect["kind"]]: TakeEffect<Extract<Effect, { kind: K }>> } = {
  changeTags({ add, remove }, visit, ports) {
    const { customer, walk } = visit;
    const changed = changeTags(customer, add, remove, ports.clock.now(), walk.enrollment.hops + 1);
    return changeCustomer(visit, changed, ports);
  },

  setAttributes({ changes }, visit, ports) {
    const { customer, walk } = visit;
    const newest = afterErasure(customer, Object.values(customer.times).reduce(later, ports.clock.now()));
    return changeCustomer(visit, mergeChanges(customer, changes, newest, walk.enrollment.hops + 1), ports);
  },

  emit({ event: name, data }, { walk, customer }, ports) {
    const { journey, enrollment } = walk;
    const { position, enrollmentId, customerId, hops } = enrollment;
    const component = journey.components[position.componentId];
    if (component?.type !== "emitEvent") throw new TypeError("Only an emitEvent component emits.");
    // A claim of an earlier release has an id without prefix: the repetition keeps it.
    const id = position.claim ?? systemEventId(enrollmentId, String(position.visit), "emit");
    const event = { name, id, customerId, time: ports.clock.now(), data, hops: hops + 1 };
    const onward = (each: Enrollment, now: Time) => applyStep(each, "emitEvent", leave("done", component.next), now);
    return emitOnce(event, { walk, customer }, onward, ports);
  },

  send({ message }, visit, ports) {
    const { journey, enrollment } = visit.walk;
    const component = journey.components[enrollment.position.componentId];
    if (component?.type !== "sendTemplate") throw new TypeError("Only a sendTemplate component sends.");
    return sendMessage(message, component, visit, ports);
  },
};

async function changeCustomer(
  visit: Visit,
  changed: Customer,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Visited> {
  if (changed === visit.customer) return continueWalk(visit, ports);
  const customer = { ...changed, revision: visit.customer.revision + 1 };
  const left = await afterOwnChange(customer, visit, ports);
  return continueWalk(
    { ...visit, left, walk: { ...visit.walk, customer } },
    ports,
    customerWrites(visit.customer, customer),
  );
}

/**
 * Applies the journey's own change of the customer to its exits and goals before its next component runs. The stream
 * record of the change would come too late.
 */
async function afterOwnChange(
  customer: Customer,
  { walk, left }: Visit,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Enrollment> {
  const change = { kind: "change", revision: customer.revision, time: customer.changedAt } as const;
  const versions = await withEnrollmentEvent({ live: walk.live, entered: walk.journey }, left, ports);
  const applied = applyActivity(left, versions, change, customerView(customer), ports.clock.now());
  return applied.status === left.status ? applied : { ...applied, position: walk.enrollment.position };
}
