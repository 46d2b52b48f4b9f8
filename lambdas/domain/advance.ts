/**
 * One component of a journey, decided: what it does and where the customer goes. Pure: the same arguments give the
 * same answer, in production, in the simulator and in every test. Effects are only named here; the app layer makes
 * each happen once.
 */
import type { Component, ComponentOf, ComponentType } from "./component.ts";
import { resolveData } from "./data.ts";
import type { Position } from "./enrollment.ts";
import { share } from "./hash.ts";
import { holds, reader } from "./holds.ts";
import type { Journey } from "./journey.ts";
import { type JourneyFacts, known, zoneOf } from "./journey-facts.ts";
import { own } from "./json.ts";
import { isMet } from "./judge.ts";
import { statusTime } from "./message-status.ts";
import { nextMoment } from "./next-moment.ts";
import { type Advanced, exit, fail, leave, rest } from "./outcome.ts";
import { END } from "./outlets.ts";
import { sendTemplate } from "./send-template.ts";
import { plus, type Time, toTime } from "./time.ts";

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
    if ((hopeless && !facts.again) || now >= until) return leave("notMet", component.notMet);
    return rest("signal", until);
  },

  addTag: (component) => leave("done", component.next, { kind: "changeTags", add: component.tags, remove: [] }),

  removeTag: (component) => leave("done", component.next, { kind: "changeTags", add: [], remove: component.tags }),

  wait(component, { journey, position, facts, now }) {
    const until = position.waiting?.until ?? waitsUntil(component, journey, facts, now);
    const ifPast = component.until && "field" in component.until ? component.until.ifPast : undefined;
    if (until === undefined || (now >= until && !position.waiting)) {
      if (ifPast === "exit") return exit("if-past");
      return facts.again ? fail("endless-loop") : leave("done", component.next);
    }
    return now >= until ? leave("done", component.next) : rest("timer", until);
  },

  updateCustomer(component, { facts, now }) {
    const removed = Object.fromEntries((component.unset ?? []).map((name) => [name, null]));
    const changes = { ...resolveData(component.set, known(facts, now)), ...removed };
    return leave("done", component.next, { kind: "setAttributes", changes });
  },

  condition(component, { facts, now }) {
    const branch = component.branches.find(({ when }) => holds(when, known(facts, now)));
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
    if (met && !(facts.again && !position.waiting)) return leave(met.id, met.next);
    return now >= until ? leave("otherwise", component.otherwise) : rest("signal", until);
  },

  emitEvent(component, { facts, now }) {
    const data = resolveData(component.data, known(facts, now));
    return leave("done", component.next, { kind: "emit", event: component.event, data });
  },
};

/**
 * The branch that is met by what has happened already, or by what holds now. What holds now does not count in a loop
 * that has not rested: it held the last time round.
 */
function firstMet({ branches }: ComponentOf<"waitFor">, facts: JourneyFacts, now: Time, until: Time) {
  for (const happening of facts.happenings ?? []) {
    if (happening.kind !== "event" || happening.time > until) continue;
    const branch = branches.find((rule) =>
      isMet(rule, happening, { ...known(facts, now), event: happening.data }, facts.key),
    );
    if (branch) return branch;
  }
  if (facts.again) return undefined;
  return branches.find(({ event, where }) => event === undefined && where && holds(where, known(facts, now)));
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
  if ("time" in until) return nextMoment(until.time, until.weekdays, zoneOf(until.timezone, facts, journey), now);
  const moment = toTime(reader(until.field)(known(facts, now)));
  return moment && (until.offset ? plus(moment, until.offset) : moment);
}
