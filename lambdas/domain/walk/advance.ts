/**
 * Decides one component of a journey: what the component does and where the customer goes next. The function is pure:
 * the same arguments give the same answer in production, in the simulator and in every test. It only names an effect.
 * The app layer carries out each effect once.
 */

import { evaluate, reader } from "../conditions/evaluate.ts";
import { isMet } from "../enrollment/apply-activity.ts";
import type { Position } from "../enrollment/enrollment.ts";
import type { Component, ComponentOf, ComponentType } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { END } from "../journey/outlets.ts";
import { statusTime } from "../messages/message-status.ts";
import { nextTimeOfDay } from "../time/next-time-of-day.ts";
import { plus, type Time, toTime } from "../time/time.ts";
import { share } from "../values/hash.ts";
import { own } from "../values/json.ts";
import { resolveData } from "./data.ts";
import { conditionFacts, type JourneyFacts, zoneOf } from "./journey-facts.ts";
import { type Advanced, exit, fail, leave, wait } from "./outcome.ts";
import { sendTemplate } from "./send-template.ts";

type Handler<T extends ComponentType> = (component: ComponentOf<T>, at: Place) => Advanced;

interface Place {
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
    const message = own(facts.messages, component.message);
    const reached = message && statusTime(message.statuses, component.status);
    if (reached !== undefined && reached <= until) return leave("met", component.met);
    const hopeless =
      !message || message.state === "skipped" || (message.state === "failed" && component.status !== "failed");
    if ((hopeless && !facts.loopedWithoutWait) || now >= until) return leave("notMet", component.notMet);
    return wait("signal", until);
  },

  addTag: (component) => leave("done", component.next, { kind: "changeTags", add: component.tags, remove: [] }),

  removeTag: (component) => leave("done", component.next, { kind: "changeTags", add: [], remove: component.tags }),

  wait(component, { journey, position, facts, now }) {
    const until = position.waiting?.until ?? waitsUntil(component, journey, facts, now);
    const ifPast = component.until && "field" in component.until ? component.until.ifPast : undefined;
    if (until === undefined || (now >= until && !position.waiting)) {
      if (ifPast === "exit") return exit("if-past");
      return facts.loopedWithoutWait ? fail("endless-loop") : leave("done", component.next);
    }
    return now >= until ? leave("done", component.next) : wait("timer", until);
  },

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
    const noted = component.branches.find(({ id }) => id === position.waiting?.met);
    const met = noted ?? firstMet(component, facts, now, until);
    if (met && !(facts.loopedWithoutWait && !position.waiting)) return leave(met.id, met.next);
    return now >= until ? leave("otherwise", component.otherwise) : wait("signal", until);
  },

  emitEvent(component, { facts, now }) {
    const data = resolveData(component.data, conditionFacts(facts, now));
    return leave("done", component.next, { kind: "emit", event: component.event, data });
  },
};

/**
 * The branch that an earlier event meets, or that the customer's present state meets. The present state does not count
 * in a loop in which the customer has not waited: it would meet the same branch in every turn.
 */
function firstMet({ branches }: ComponentOf<"waitFor">, facts: JourneyFacts, now: Time, until: Time) {
  for (const activity of facts.activities ?? []) {
    if (activity.kind !== "event" || activity.time > until) continue;
    const branch = branches.find((rule) =>
      isMet(rule, activity, { ...conditionFacts(facts, now), event: activity.data }, facts.key),
    );
    if (branch) return branch;
  }
  if (facts.loopedWithoutWait) return undefined;
  return branches.find(
    ({ event, where }) => event === undefined && where && evaluate(where, conditionFacts(facts, now)),
  );
}

function waitsUntil(
  component: ComponentOf<"wait">,
  journey: Journey,
  facts: JourneyFacts,
  now: Time,
): Time | undefined {
  if (component.for !== undefined) return plus(now, component.for);
  const { until } = component;
  if (!until) return undefined;
  if ("time" in until) return nextTimeOfDay(until.time, until.weekdays, zoneOf(until.timezone, facts, journey), now);
  const moment = toTime(reader(until.field)(conditionFacts(facts, now)));
  return moment && (until.offset ? plus(moment, until.offset) : moment);
}
