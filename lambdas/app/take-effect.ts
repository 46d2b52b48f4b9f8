/** The effect of a component, taken: each once, and only while the customer is inside. */
import { type Customer, customerView } from "../domain/customer.ts";
import { afterErasure, changeTags, mergeChanges } from "../domain/customer-merge.ts";
import type { Enrollment } from "../domain/enrollment.ts";
import { deterministicId } from "../domain/hash.ts";
import { judge } from "../domain/judge.ts";
import type { Effect } from "../domain/outcome.ts";
import { restAtOnce } from "../domain/rest-at-once.ts";
import { noSends } from "../domain/sends.ts";
import { later } from "../domain/time.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Ports } from "./ports.ts";
import { queueMail } from "./queue-mail.ts";
import { onward, sendOnce } from "./send-once.ts";
import { end, goOn, type Visit, type Visited } from "./walk.ts";

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
