/** The scenario of a customer's real passage, from what is stored: still with the customer's own data. */
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import { type Enrollment, messageOf } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import { isSystemEvent } from "../../lambdas/domain/events/system-events.ts";
import { isStopWord } from "../../lambdas/domain/inbound/stop-words.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { addressOf } from "../../lambdas/domain/messages/recipient.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import type { Segment } from "../../lambdas/domain/segments/segment.ts";
import { minus, plus, type Time } from "../../lambdas/domain/time/time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import type { Scenario } from "../../simulator/scenario.ts";

export interface Source {
  readonly enrollment: Enrollment;
  readonly profile: Customer | undefined;
  readonly events: readonly CustomerEvent[];
  /** The components of the version that the customer entered with, and the exit rules and goals of the live version. */
  readonly journey: Journey;
  /** The templates that the journey names, and the layouts and partials that these use. */
  readonly templates: readonly Template[];
  /** The segments that the journey names, and the segments that these name. */
  readonly segments: readonly Segment[];
  readonly now: Time;
}

/**
 * How the simulated customer comes in. `occurrence`: in the run of the journey's own schedule or date. `entry`: in a run
 * that a person starts.
 */
export type Start = "event" | "occurrence" | "entry";

/**
 * The ways in which the customer may have come in, the likeliest first. An event of the customer needs no entry here.
 */
export function startsOf({ enrollment: { trigger }, journey }: Source): readonly Start[] {
  if (trigger.run === undefined || trigger.name !== undefined) return ["event"];
  return journey.trigger.schedule || journey.trigger.date ? ["occurrence", "entry"] : ["entry"];
}

type Lists = "customers" | "events" | "statuses" | "splits" | "edits" | "entries" | "segments";
export type Recorded = Omit<Scenario, Lists> & { readonly [L in Lists]: NonNullable<Scenario[L]> };

export function recordedScenario(source: Source, start: Start): Recorded {
  const { enrollment, journey } = source;
  const { customerId, endedAt = source.now, reason, trigger } = enrollment;
  const events = eventsOf(source);
  const statuses = statusesOf(enrollment);
  const stop = { ...journey, status: "stopped" };
  const last = [endedAt, ...Object.values(enrollment.goals), ...[...events, ...statuses].map(({ at }) => at)]
    .sort()
    .at(-1);
  const live = { ...journey, status: "active" };
  return {
    journeys: [live],
    templates: [...source.templates],
    segments: [...source.segments],
    customers: [{ customerId, ...attributesAtFirst(source) }],
    events,
    statuses,
    splits: enrollment.steps.flatMap(({ type, componentId, outcome }) =>
      type === "split" ? [{ component: componentId, branch: outcome, customerId }] : [],
    ),
    // The first moment of a scenario is the start of its time, which must be before the occurrence.
    edits: [
      ...(start === "occurrence" ? [{ at: minus(trigger.time, "PT1M"), journey: live }] : []),
      ...(reason === "journey-stopped" ? [{ at: endedAt, journey: stop }] : []),
    ],
    entries: start === "entry" ? [{ at: trigger.time, journey: journey.id, customers: [customerId] }] : [],
    // In another time zone, which the made-up customer may have, the occurrence is up to 26 hours later.
    until: enrollment.status === "active" ? source.now : plus(last ?? endedAt, start === "occurrence" ? "P2D" : "PT1M"),
  };
}

function eventsOf({ events, enrollment: { customerId } }: Source): Recorded["events"] {
  return events
    .filter(({ name }) => !isSystemEvent(name))
    .map(({ name: event, time, handledAt: at = time, data, changes }, index) => ({
      at,
      event,
      // An event of the system has an id that no app may use.
      id: `event-${index + 1}`,
      customerId,
      ...(time !== at && { time }),
      data,
      ...(changes && { customer: changes }),
    }));
}

/** What the channel reported. The simulator itself knows that a message was sent. */
function statusesOf({ customerId, messages }: Enrollment): Recorded["statuses"] {
  return messages.flatMap(({ componentId: message, statuses }) =>
    Object.entries(statuses).flatMap(([status, at]) =>
      status === "sent" ? [] : [{ at, customerId, message, status: status as Recorded["statuses"][number]["status"] }],
    ),
  );
}

/** An address that the customer may have had. */
const addressBefore = { email: "before@mail.example", phone: "+12025550199" } as const;

/**
 * The attributes before the first event: today's attributes that neither an event nor this passage has changed. The
 * value that a change replaced is not stored. An address must have been there when a message was sent.
 */
function attributesAtFirst({ profile, events, enrollment, journey }: Source): Record<string, Json> {
  const changed = new Set(events.flatMap(({ changes = {} }) => Object.keys(changes)));
  if (events.some(({ data: { text } }) => typeof text === "string" && isStopWord(text)))
    changed.add("unsubscribedChannels");
  const added = new Set<string>();
  for (const { componentId } of enrollment.steps) {
    const component = journey.components[componentId];
    if (component?.type === "updateCustomer")
      for (const name of [...Object.keys(component.set ?? {}), ...(component.unset ?? [])]) changed.add(name);
    if (component?.type === "addTag") for (const tag of component.tags) added.add(tag);
  }
  const tags = (profile?.tags ?? []).filter((tag) => !added.has(tag));
  const kept = Object.entries(profile?.attributes ?? {}).filter(([name]) => !changed.has(name));
  const addresses = (Object.keys(addressBefore) as (keyof typeof addressBefore)[]).filter((attribute) => {
    const first = enrollment.messages.find(({ channel }) => addressOf(channel)?.attribute === attribute);
    return changed.has(attribute) && first && messageOf(enrollment, first.componentId)?.reason !== "no-address";
  });
  return {
    ...Object.fromEntries(kept),
    ...(tags.length > 0 && !changed.has("tags") && { tags }),
    ...Object.fromEntries(addresses.map((attribute) => [attribute, addressBefore[attribute]])),
  };
}
