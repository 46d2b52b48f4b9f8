/**
 * Decides one component of a journey: what the component does and where the customer goes next. The function is pure:
 * the same arguments give the same answer in production, in the simulator and in every test. The decision only names an
 * effect. The app layer carries out each effect once.
 */

import { evaluate } from "../conditions/evaluate.ts";
import type { Position } from "../enrollment/enrollment.ts";
import { statusRuleEnd } from "../enrollment/status-rule.ts";
import type { Component, ComponentOf, ComponentType } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { END } from "../journey/outlets.ts";
import { plus, type Time } from "../time/time.ts";
import { share } from "../values/hash.ts";
import { own } from "../values/json.ts";
import { resolveData } from "./data.ts";
import { conditionFacts, type JourneyFacts } from "./journey-facts.ts";
import { metBranch } from "./met-now.ts";
import { type Advanced, fail, leave, leaveBy, wait } from "./outcome.ts";
import { sendTemplate } from "./send-template.ts";
import { decideWait } from "./wait-until.ts";

type Handler<T extends ComponentType> = (component: ComponentOf<T>, at: Place) => Advanced;

export interface Place {
  readonly journey: Journey;
  readonly position: Position;
  readonly facts: JourneyFacts;
  readonly now: Time;
}

export function advance(journey: Journey, position: Position, facts: JourneyFacts, now: Time): Advanced {
  const component = own(journey.components, position.componentId);
  if (!component) return fail("unknown-component");
  return (handlers[component.type] as (component: Component, at: Place) => Advanced)(component, {
    journey,
    position,
    facts,
    now,
  });
}

const handlers: { [T in ComponentType]: Handler<T> } = {
  sendTemplate: (component, { journey, facts, now }) => sendTemplate(component, journey, facts, now),

  messageStatusRule(component, { position, facts, now }) {
    const until = position.waiting?.until ?? plus(now, component.within);
    const end = statusRuleEnd(own(facts.messages, component.message), component.status, until);
    if (end && (end.outlet === "met" || !facts.loopedWithoutWait)) {
      const endedBy = end.time === undefined ? undefined : { time: end.time };
      return leaveBy(endedBy, leave(end.outlet, component[end.outlet]));
    }
    return now >= until ? leave("notMet", component.notMet) : wait("signal", until);
  },

  addTag: (component) => leave("done", component.next, { kind: "changeTags", add: component.tags, remove: [] }),

  removeTag: (component) => leave("done", component.next, { kind: "changeTags", add: [], remove: component.tags }),

  wait: decideWait,

  updateCustomer(component, { facts, now }) {
    const removed = Object.fromEntries((component.unset ?? []).map((name) => [name, null]));
    const changes = { ...resolveData(component.set, conditionFacts(facts, now)), ...removed };
    return leave("done", component.next, { kind: "setAttributes", changes });
  },

  condition(component, { facts, now }) {
    const branch = component.branches.find(({ when }) => evaluate(when, conditionFacts(facts, now)));
    const to = branch ? branch.next : component.otherwise;
    return leave(to ?? END, to);
  },

  split(component, { journey, position, facts }) {
    let left = share(journey.id, position.componentId, facts.customer.customerId);
    const branch = component.branches.find(({ percent }) => {
      left -= percent;
      return left < 0;
    });
    const to = (branch ?? component.branches.at(-1))?.next;
    return leave(to ?? END, to);
  },

  waitFor(component, { position, facts, now }) {
    const until = position.waiting?.until ?? plus(now, component.within);
    const met = metBranch(component, position, facts, now, until);
    if (met && !(facts.loopedWithoutWait && !position.waiting))
      return leaveBy(met.end, leave(met.branch.id, met.branch.next));
    return now >= until ? leave("otherwise", component.otherwise) : wait("signal", until);
  },

  emitEvent(component, { facts, now }) {
    const data = resolveData(component.data, conditionFacts(facts, now));
    return leave("done", component.next, { kind: "emit", event: component.event, data });
  },
};
