/**
 * The data at each decision of a customer's way. Nothing is stored for it: it is worked out from the version that they
 * entered with and from what else is stored, and says where that cannot be done any more.
 */

import type { CustomerRecord } from "../../cli/deployed/customer-record.ts";
import type { ComponentOf, ComponentType } from "../../lambdas/domain/component.ts";
import type { Enrollment, Step } from "../../lambdas/domain/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/event.ts";
import { share } from "../../lambdas/domain/hash.ts";
import { holds } from "../../lambdas/domain/holds.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { isMet, isTriggerItself } from "../../lambdas/domain/judge.ts";
import { statusTime } from "../../lambdas/domain/message-status.ts";
import { END } from "../../lambdas/domain/outlets.ts";
import type { Time } from "../../lambdas/domain/time.ts";
import { shown } from "../entry/unmet.ts";
import { moment } from "../words/time-text.ts";
import { factsAt, messagesAt, type Seen, type Sight, seenBy, seenField, sightOf } from "./evidence.ts";

export interface Decision {
  readonly saw: readonly Seen[];
  /** What is stored leads elsewhere: something that had happened by then was delivered only later. */
  readonly contradicted?: true;
}

type Decide<T extends ComponentType> = (
  component: ComponentOf<T>,
  step: Step,
  sight: Sight,
  journey: Journey,
) => Decision;

/** For each step what it looked at; `undefined` where nothing was decided, or not yet. `keptSince`: of events. */
export function decisionsOf(
  enrollment: Enrollment,
  journey: Journey,
  record: CustomerRecord,
  keptSince: Time,
): (Decision | undefined)[] {
  return enrollment.steps.map((step, index) => {
    const component = journey.components[step.componentId];
    if (component?.type !== step.type || step.outcome === "exited") return undefined;
    const at = step.type === "wait" ? step.at : (step.leftAt ?? undefined);
    if (at === undefined) return undefined;
    const setLater = attributesSet(enrollment.steps.slice(index + 1), journey);
    const decide = decides[step.type] as Decide<ComponentType> | undefined;
    const decision = decide?.(component, step, sightOf(record, enrollment, at, { keptSince, setLater }), journey);
    return decision && decision.saw.length > 0 ? decision : undefined;
  });
}

const decides: { readonly [T in ComponentType]?: Decide<T> } = {
  condition({ branches, otherwise }, { outcome }, sight) {
    const saw = seenBy(
      branches.map(({ when }) => when),
      sight,
    );
    if (saw.some(({ changedAt, expired }) => changedAt !== undefined || expired)) return { saw };
    const branch = branches.find(({ when }) => holds(when, factsAt(sight)));
    const leads = (branch ? branch.next : otherwise) ?? END;
    return judged(saw, leads === outcome);
  },

  split(_, { componentId }, { enrollment: { customerId } }, { id }) {
    const value = Math.round(share(id, componentId, customerId) * 100) / 100;
    return { saw: [{ what: "share of 100", value }] };
  },

  messageStatusRule({ message: from, status }, { outcome, at, until = at }, sight) {
    const { statuses = {}, state = "never sent", reason } = messagesAt(sight)[from] ?? {};
    const time = statusTime(statuses, status);
    const reached = time !== undefined && time <= until;
    const unsent = !reached && ["skipped", "failed", "never sent"].includes(state);
    const saw = unsent
      ? { what: from, value: reason === undefined ? state : `${state}: ${reason}` }
      : { what: `${from} ${status}`, value: reached ? time : false };
    return judged([saw], reached === (outcome === "met"));
  },

  wait({ until }, _, sight) {
    if (!until) return { saw: [] };
    if ("field" in until) return { saw: [seenField(until.field, sight)] };
    return { saw: until.timezone === undefined ? [seenField("customer.timezone", sight)] : [] };
  },

  waitFor({ branches }, { outcome, at, until = at }, sight) {
    const met = branches.find(({ id }) => id === outcome);
    if (met) return { saw: seenToMeet(met, until, sight) };
    const events = branches.filter(({ event }) => event !== undefined);
    const missed = events.some((branch) => meeting(branch, until, sight) !== undefined);
    const changes = branches.flatMap(({ event, where }) => (event === undefined && where ? [where] : []));
    const none = events.map((branch): Seen => {
      const what = branch.where || branch.key ? `${branch.event} that fits` : String(branch.event);
      return sight.at < sight.keptSince ? { what, expired: true } : { what, value: 0 };
    });
    return judged([...none, ...seenBy(changes, sight)], !missed);
  },

  sendTemplate(_, { outcome, reason = "" }, sight) {
    if (outcome !== "skipped") return { saw: [] };
    return { saw: (skips[reason] ?? (() => []))(sight) };
  },
};

/** `agrees`: whether what is stored leads to where the customer went. */
const judged = (saw: readonly Seen[], agrees: boolean): Decision => (agrees ? { saw } : { saw, contradicted: true });

const NEWEST = 3;

/** What each reason to skip a message had looked at. */
const skips: Readonly<Record<string, (sight: Sight) => Seen[]>> = {
  "no-address": (sight) => [seenField("customer.email", sight)],
  "bad-address": (sight) => [seenField("customer.email", sight)],
  bounced: suppressed,
  complained: suppressed,
  unsubscribed: (sight) => [seenField("customer.unsubscribed", sight)],
  "topic-unsubscribed": (sight) => [seenField("customer.topics", sight)],
  "frequency-cap": ({ sent }) => [{ what: "newest messages before", value: sent.slice(-NEWEST) }],
  "quiet-hours": (sight) => [seenField("customer.timezone", sight)],
};

function suppressed(sight: Sight): Seen[] {
  const { suppressed } = sight.customer;
  const why = suppressed
    ? { what: suppressed.reason, value: suppressed.at }
    : { what: "suppression", expired: true as const };
  return [seenField("customer.email", sight), why];
}

function seenToMeet(branch: Branch, until: Time, sight: Sight): Seen[] {
  const { event, where } = branch;
  if (event === undefined) return where ? seenBy([where], sight) : [];
  const found = meeting(branch, until, sight);
  if (!found) return [{ what: event, expired: true }];
  return [{ what: event, value: found.time }, ...(where ? seenBy([where], withEvent(sight, found)) : [])];
}

type Branch = ComponentOf<"waitFor">["branches"][number];

/** The first event that meets a branch, of those that the `waitFor` could still have missed, up to its end. */
function meeting(branch: Branch, until: Time, sight: Sight): CustomerEvent | undefined {
  const { enrollment, events, at } = sight;
  const { steps, trigger, key } = enrollment;
  const rested = steps.filter((step) => step.until !== undefined && (step.leftAt ?? at) < at).at(-1);
  const since = rested?.leftAt ?? trigger.time;
  return events.find((event) => {
    const { id, name, time, data } = event;
    if (time < since || time > until || isTriggerItself(trigger, id)) return false;
    return isMet(branch, { kind: "event", id, name, time, data }, { ...factsAt(sight), event: data }, key);
  });
}

/** `event.*` of a branch is the event that met it. */
function withEvent(sight: Sight, { id, name }: CustomerEvent): Sight {
  const { enrollment } = sight;
  return { ...sight, enrollment: { ...enrollment, trigger: { ...enrollment.trigger, eventId: id, name } } };
}

function attributesSet(steps: readonly Step[], { components }: Journey): Set<string> {
  const names = steps.flatMap(({ componentId }) => {
    const component = components[componentId];
    if (component?.type === "addTag" || component?.type === "removeTag") return ["tags"];
    if (component?.type !== "updateCustomer") return [];
    return [...Object.keys(component.set ?? {}), ...(component.unset ?? [])];
  });
  return new Set(names);
}

/** In a line: `event.total = 59, customer.country = "FR" (now; changed 2026-01-06 09:00:00)`. */
export function decisionText({ saw, contradicted }: Decision): string {
  const doubt = contradicted ? "; but this leads elsewhere: something was delivered only later" : "";
  return saw.map(seenText).join(", ") + doubt;
}

function seenText({ what, value, changedAt, expired }: Seen): string {
  if (expired) return `${what} is not kept any more`;
  const found = value === undefined ? `${what} missing` : `${what} = ${shown(value)}`;
  return changedAt === undefined ? found : `${found} (now; changed ${moment(changedAt)})`;
}
