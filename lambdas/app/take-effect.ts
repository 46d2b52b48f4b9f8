/** The effect of a component, taken: each once, and only while the customer is inside. */
import { type Customer, customerView } from "../domain/customer.ts";
import { afterErasure, changeTags, mergeChanges } from "../domain/customer-merge.ts";
import type { Enrollment } from "../domain/enrollment.ts";
import { deterministicId } from "../domain/hash.ts";
import { judge } from "../domain/judge.ts";
import type { Effect } from "../domain/outcome.ts";
import { later } from "../domain/time.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Ports } from "./ports.ts";
import { sendMessage } from "./send-message.ts";
import { end, goOn, onFrom, type Visit, type Visited } from "./walk.ts";

export type EffectPorts = Pick<Ports, "clock" | "store" | "mail" | "bus" | "pace">;

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

  /** Claimed before it is published, so that nothing is published after an exit; a repetition carries the same id. */
  async emit({ event, data }, { walk, left }, ports) {
    const { position, enrollmentId, customerId, hops } = walk.enrollment;
    const id = deterministicId(enrollmentId, String(position.visit), "emit");
    let { stored } = walk;
    if (position.claim === undefined)
      stored = await changeEnrollment(ports, stored, { ...walk.enrollment, position: { ...position, claim: id } });
    await ports.bus.publish([{ name: event, id, customerId, time: ports.clock.now(), data, hops: hops + 1 }]);
    return left.status === "active"
      ? onFrom({ ...walk, stored, enrollment: left })
      : end({ ...walk, stored }, left, ports);
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
  if (changed === visit.customer) return goOn(visit, ports);
  const customer = { ...changed, revision: visit.customer.revision + 1 };
  const left = judgedBy(customer, visit, ports);
  return goOn({ ...visit, left, walk: { ...visit.walk, customer } }, ports, [{ kind: "customer", customer }]);
}

/** The journey's own change counts before its next component: the stream would tell of it too late. */
function judgedBy(customer: Customer, { walk, left }: Visit, { clock }: Pick<Ports, "clock">): Enrollment {
  const change = { kind: "change", revision: customer.revision, time: customer.changedAt } as const;
  const versions = { live: walk.live, entered: walk.journey };
  const judged = judge(left, versions, change, customerView(customer), clock.now());
  return judged.status === left.status ? judged : { ...judged, position: walk.enrollment.position };
}
