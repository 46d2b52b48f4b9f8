/** Carries out the effect of a component: each effect once, and only while the customer is inside. */
import { type Customer, customerView } from "../../domain/customer/customer.ts";
import { afterErasure, changeTags, mergeChanges } from "../../domain/customer/merge-changes.ts";
import { applyActivity } from "../../domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { later } from "../../domain/time/time.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import type { Effect } from "../../domain/walk/outcome.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { continueWalk, endWalk, onFrom, type Visit, type Visited } from "../walk-state.ts";

export type EffectPorts = Pick<Ports, "clock" | "store" | "mail" | "bus" | "sendRate">;

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

  /** The claim comes before the publication, so that nothing is published after an exit. A repetition has the same id. */
  async emit({ event, data }, { walk, left }, ports) {
    const { position, enrollmentId, customerId, hops } = walk.enrollment;
    const id = deterministicId(enrollmentId, String(position.visit), "emit");
    let { stored } = walk;
    if (position.claim === undefined)
      stored = await storeEnrollment(ports, stored, { ...walk.enrollment, position: { ...position, claim: id } });
    await ports.bus.publish([{ name: event, id, customerId, time: ports.clock.now(), data, hops: hops + 1 }]);
    return left.status === "active"
      ? onFrom({ ...walk, stored, enrollment: left })
      : endWalk({ ...walk, stored }, left, ports);
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
  const left = afterOwnChange(customer, visit, ports);
  return continueWalk({ ...visit, left, walk: { ...visit.walk, customer } }, ports, [{ kind: "customer", customer }]);
}

/**
 * Applies the journey's own change of the customer to its exits and goals before its next component runs. The stream
 * record of the change would come too late.
 */
function afterOwnChange(customer: Customer, { walk, left }: Visit, { clock }: Pick<Ports, "clock">): Enrollment {
  const change = { kind: "change", revision: customer.revision, time: customer.changedAt } as const;
  const versions = { live: walk.live, entered: walk.journey };
  const applied = applyActivity(left, versions, change, customerView(customer), clock.now());
  return applied.status === left.status ? applied : { ...applied, position: walk.enrollment.position };
}
