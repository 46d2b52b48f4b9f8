/**
 * One component of a journey, decided: what it does and where the customer goes. Pure: the same arguments give the
 * same answer, in production, in the simulator and in every test. Effects are only named here; the app layer makes
 * each happen once.
 */
import type { Hold } from "./breaker.ts";
import type { Component, ComponentOf, ComponentType } from "./component.ts";
import { type Customer, customerView, email } from "./customer.ts";
import { resolveData } from "./data.ts";
import type { Message, Position } from "./enrollment.ts";
import { share } from "./hash.ts";
import { type Facts, holds, reader } from "./holds.ts";
import type { Journey, Sender } from "./journey.ts";
import { type Json, type JsonObject, own } from "./json.ts";
import type { Happening } from "./judge.ts";
import { isMet } from "./judge.ts";
import { judgeLimits, type LimitReason, type Limits } from "./limits.ts";
import { mayReceive, type SkipReason } from "./may-receive.ts";
import { statusTime } from "./message-status.ts";
import { nextMoment } from "./next-moment.ts";
import { END } from "./outlets.ts";
import { type Rendered, render } from "./render.ts";
import type { Send } from "./sends.ts";
import type { Template } from "./template.ts";
import { plus, type Time, toTime } from "./time.ts";
import { isTimezone } from "./time-zone.ts";

/** What a component may look at, besides the journey. The edge fetches what the component needs. */
export interface JourneyFacts {
  readonly customer: Customer;
  /** The trigger event's data, as it was. */
  readonly event?: JsonObject | undefined;
  readonly key?: Json | undefined;
  /** The newest message of each component that sent one. */
  readonly messages: Readonly<Record<string, Message>>;
  /** When the customer did what: for conditions that count. */
  readonly happened?: Facts["happened"];
  /** What happened since the customer last rested: for `waitFor`. In order of time. */
  readonly happenings?: readonly Happening[];
  readonly template?: Template | undefined;
  /** The stack's sender, for journeys that name none. */
  readonly sender?: Sender | undefined;
  /** Where this customer unsubscribes. */
  readonly unsubscribeUrl?: string | undefined;
  /** Why the journey's marketing is held. */
  readonly held?: Hold | undefined;
  /** The journey's and the stack's limits, as they are now. */
  readonly limits?: Limits | undefined;
  /** What else the customer was sent. */
  readonly sends?: readonly Send[] | undefined;
  /** Since when the customer has been resting here. */
  readonly reachedAt?: Time | undefined;
  /** Whether the component was left before without any time having passed: a loop that would not rest. */
  readonly again?: boolean;
}

export interface OutgoingMessage extends Rendered {
  readonly template: string;
  readonly channel: Template["channel"];
  readonly class: Template["class"];
  readonly topic?: string | undefined;
  /** The address, for email. */
  readonly to?: string | undefined;
  readonly from: string | undefined;
  readonly replyTo: readonly string[];
  /** Marketing only: for the List-Unsubscribe header of email. */
  readonly unsubscribeUrl?: string;
}

export type Effect =
  | { readonly kind: "send"; readonly message: OutgoingMessage }
  | { readonly kind: "changeTags"; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: "setAttributes"; readonly changes: JsonObject }
  | { readonly kind: "emit"; readonly event: string; readonly data: JsonObject };

export type Next =
  | { readonly kind: "component"; readonly componentId: string }
  | { readonly kind: "completed" }
  | { readonly kind: "exited"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "wait"; readonly for: "timer" | "signal"; readonly until: Time };

export interface Advanced {
  /** `waiting`, or the outlet by which the customer leaves. */
  readonly outcome: string;
  readonly reason?: string;
  readonly effects: readonly Effect[];
  readonly next: Next;
}

type Handler<T extends ComponentType> = (component: ComponentOf<T>, at: Place) => Advanced;

interface Place {
  readonly journey: Journey;
  readonly position: Position;
  readonly facts: JourneyFacts;
  readonly now: Time;
}

export function advance(journey: Journey, position: Position, facts: JourneyFacts, now: Time): Advanced {
  const component = own(journey.components, position.componentId);
  if (!component) return { outcome: "failed", effects: [], next: { kind: "failed", reason: "unknown-component" } };
  return (handlers[component.type] as (component: Component, at: Place) => Advanced)(component, {
    journey,
    position,
    facts,
    now,
  });
}

const handlers: { [T in ComponentType]: Handler<T> } = {
  sendTemplate(component, { journey, facts, now }) {
    const { template } = facts;
    if (!template) return skip(component, "unknown-template");
    const refused = mayReceive(facts.customer, template);
    if (refused) return skip(component, refused);
    const { reachedAt = now } = facts;
    if (facts.held && isHoldable(template)) return hold(component, reachedAt, now);
    const limited = judgeLimits(facts.limits ?? {}, {
      class: template.class,
      zone: zoneOf(undefined, facts, journey),
      sends: facts.sends ?? [],
      reachedAt,
      now,
    });
    if (limited.kind === "skip") return skip(component, limited.reason);
    if (limited.kind === "exit") return exit(limited.reason);
    if (limited.kind === "delay") return { ...rest("timer", limited.until), reason: limited.reason };
    const data = resolveData(component.data, known(facts, now));
    const sender = journey.sender ?? facts.sender;
    let rendered: Rendered;
    try {
      rendered = render(template, {
        customer: customerView(facts.customer),
        event: facts.event ?? {},
        data,
        journey: { id: journey.id, name: journey.name },
        now,
        timezone: zoneOf(undefined, facts, journey),
        unsubscribeUrl: facts.unsubscribeUrl ?? "",
      });
    } catch {
      return skip(component, "not-renderable");
    }
    const message: OutgoingMessage = {
      template: template.id,
      channel: template.channel,
      class: template.class,
      topic: template.topic,
      to: template.channel === "email" ? email(facts.customer) : undefined,
      from: sender?.from,
      replyTo: sender?.replyTo ?? [],
      ...(template.class === "marketing" &&
        facts.unsubscribeUrl !== undefined && { unsubscribeUrl: facts.unsubscribeUrl }),
      ...rendered,
    };
    return leave("done", component.next, [{ kind: "send", message }]);
  },

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

  addTag: (component) => leave("done", component.next, [{ kind: "changeTags", add: component.tags, remove: [] }]),

  removeTag: (component) => leave("done", component.next, [{ kind: "changeTags", add: [], remove: component.tags }]),

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
    return leave("done", component.next, [{ kind: "setAttributes", changes }]);
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
    return leave("done", component.next, [{ kind: "emit", event: component.event, data }]);
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

/** The zone: what is asked for, else the customer's, else the journey's, else UTC. */
export function zoneOf(
  asked: string | undefined,
  { customer }: Pick<JourneyFacts, "customer">,
  journey: Journey,
): string {
  const { timezone } = customer.attributes;
  return asked ?? (typeof timezone === "string" && isTimezone(timezone) ? timezone : (journey.timezone ?? "UTC"));
}

function known(facts: JourneyFacts, now: Time): Facts {
  const { customer, event, key, messages, happened } = facts;
  return {
    now,
    customer: customerView(customer),
    event,
    key,
    messages: Object.fromEntries(Object.entries(messages).map(([id, { statuses }]) => [id, statuses])),
    happened,
  };
}

function leave(outcome: string, to: string | undefined, effects: readonly Effect[] = []): Advanced {
  return { outcome, effects, next: to === undefined ? { kind: "completed" } : { kind: "component", componentId: to } };
}

/** Whether a circuit breaker may hold it back: what SES does not send does not harm its reputation. */
export function isHoldable({ channel, class: kind }: Pick<Template, "channel" | "class">): boolean {
  return channel === "email" && kind === "marketing";
}

/** How often a customer whose message is held looks again, and for how long: what is later than that is not news. */
const LOOK_AGAIN = "PT1H";
const HELD_AT_MOST = "P1D";

function hold(component: ComponentOf<"sendTemplate">, reachedAt: Time, now: Time): Advanced {
  const [again, last] = [plus(now, LOOK_AGAIN), plus(reachedAt, HELD_AT_MOST)];
  if (now >= last) return skip(component, "held");
  return { ...rest("timer", again < last ? again : last), reason: "held" };
}

function skip({ next }: { next?: string | undefined }, reason: SkipReason | LimitReason | "held"): Advanced {
  return { ...leave("skipped", next), reason };
}

function rest(kind: "timer" | "signal", until: Time): Advanced {
  return { outcome: "waiting", effects: [], next: { kind: "wait", for: kind, until } };
}

function exit(reason: string): Advanced {
  return { outcome: "exited", effects: [], next: { kind: "exited", reason } };
}

function fail(reason: string): Advanced {
  return { outcome: "failed", effects: [], next: { kind: "failed", reason } };
}
