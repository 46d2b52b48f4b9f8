/**
 * Random text channels for a schedule: the channels of its messages, the customers' numbers, what customers answer, and
 * journeys that listen to answers.
 */
import * as fc from "fast-check";
import { MESSAGE_RECEIVED } from "../../../lambdas/domain/inbound/message-received.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { Status } from "../../../lambdas/domain/messages/message-status.ts";
import type { Time } from "../../../lambdas/domain/time/time.ts";
import { eventNames, templateIds } from "../../properties/journeys.ts";
import type { Reply, Said, SendOutcome, Texts } from "./inbound.ts";

/** How a message is sent: by email, by text message, or by WhatsApp as a text or an approved template. */
const kinds = ["email", "sms", "chat", "approved"] as const;
type Kind = (typeof kinds)[number];

const contents: Record<Kind, object> = {
  email: { channel: "email", subject: "{{ event.n }}", text: "x" },
  sms: { channel: "sms", text: "{{ event.n }}" },
  chat: { channel: "whatsapp", text: "x{{ event.n }}" },
  approved: { channel: "whatsapp", whatsapp: { template: "hello", body: ["x{{ event.n }}"] } },
};

const idOf = (template: string, kind: Kind) => (kind === "email" ? template : `${template}-${kind}`);

/** A template of each class for each kind. The templates of emails have the ids of `templateIds`. */
export const templates = kinds.flatMap((kind) =>
  templateIds.map((template, n) => ({
    id: idOf(template, kind),
    class: n ? "transactional" : "marketing",
    ...contents[kind],
  })),
);

/** WhatsApp writes the second number in another form. The last one cannot exist. */
const numbers = ["+491713920001", "+525512345678"] as const;
const phone = fc.constantFrom(...numbers, ...numbers, numbers[0], numbers[0], "0171 392", undefined);

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("YES", "yes 👍", "no", "When do you open?") },
  { weight: 1, arbitrary: fc.constantFrom("STOP", "Stop!", "ABMELDEN", "ARRÊT", "停止", "СТОП", "İptal") },
);
const seconds = fc.constantFrom(0, 0, 1, 60, 3600, 90_000);
const travel = {
  text: word,
  lag: fc.constantFrom(0, 0, 0, 5, 600, 40_000),
  again: fc.option(fc.constantFrom(0, 1, 300, 50_000), { nil: undefined, freq: 2 }),
  poison: fc.constantFrom(true, undefined, undefined, undefined),
};

const reply: fc.Arbitrary<Reply> = fc.record({
  ...travel,
  nth: fc.oneof({ weight: 11, arbitrary: fc.nat({ max: 3 }) }, { weight: 1, arbitrary: fc.constant("every" as const) }),
  seconds,
  names: fc.boolean(),
});

/** Later changes of a customer: another number, or a new consent. */
const move = (at: fc.Arbitrary<Time>) =>
  fc.record({
    at,
    customerId: fc.constantFrom("p", "q"),
    customer: fc.oneof(
      fc.constantFrom(...numbers, null).map((number) => ({ phone: number })),
      fc.constant({ unsubscribedChannels: [] as string[] }),
    ),
  });

/** The event in whose place a journey listens to answers. */
const heard = fc.constantFrom(undefined, "trigger", ...eventNames);

/** What a journey begins with: messages of one of the two classes, and waits for an answer. */
const opening = fc.array(fc.constantFrom(...templateIds, templateIds[0] ?? "", "answer"), { maxLength: 3 });

/** The random part of a schedule with text channels. `at`: the times at which something happens. */
export const randomTexts = (at: fc.Arbitrary<Time>) =>
  fc.record({
    channels: fc.array(fc.constantFrom<Kind>("email", "sms", "sms", "chat", "approved"), {
      minLength: 1,
      maxLength: 3,
    }),
    heard: fc.tuple(heard, heard),
    openings: fc.tuple(opening, opening),
    /** Whether both customers enter the first journey at the start. */
    entering: fc.boolean(),
    stops: fc.boolean(),
    phones: fc.tuple(phone, phone),
    /** Whether an event brings the numbers, so that the system lists them before it sends. */
    listed: fc.boolean(),
    moves: fc.array(move(at), { maxLength: 2 }),
    says: fc.array(
      fc.record({
        ...travel,
        at,
        channel: fc.constantFrom("sms" as const, "whatsapp" as const),
        number: fc.constantFrom(...numbers),
      }),
      { maxLength: 3 },
    ) as fc.Arbitrary<Said[]>,
    replies: fc.array(reply, { maxLength: 4 }),
    outcomes: fc
      .array(
        fc.constantFrom<SendOutcome>("taken", "taken", "taken", "taken", "taken", "refused", "opted-out", "spent"),
        { maxLength: 3 },
      )
      .map((some): SendOutcome[] => [...some, "taken"]),
  });

type Values<A> = A extends fc.Arbitrary<infer V> ? V : never;
export type RandomTexts = Values<ReturnType<typeof randomTexts>>;

/** The first journey, and the events by which both customers enter it. A journey that a change or an answer starts stays. */
export function withEntries(journey: Journey, { entering }: RandomTexts, at: Time) {
  const { where: _, audience: __, ...trigger } = journey.trigger;
  const { event } = trigger;
  if (!entering || event === undefined || event === MESSAGE_RECEIVED) return { journey, events: [] };
  const events = ["p", "q"].map((customerId) => ({ at, event, id: `in-${customerId}`, customerId }));
  return { journey: { ...journey, trigger }, events };
}

/** The numbers of the customers `p` and `q`, and the events that change them. */
export function numbersOf({ phones, listed, moves }: RandomTexts, first: Time) {
  const has = ["p", "q"].flatMap((customerId, index) => {
    const phone = phones[index];
    return phone === undefined ? [] : [{ customerId, customer: { phone } }];
  });
  const changes = [...(listed ? has.map((each) => ({ at: first, ...each })) : []), ...moves];
  return {
    customers: new Map(listed ? [] : has.map(({ customerId, customer }) => [customerId, customer])),
    events: changes.map((change, index) => ({ ...change, event: "moved", id: `m${index}` })),
  };
}

export const textsOf = ({ says, replies, outcomes }: RandomTexts): Texts => ({ says, replies, outcomes });

/** The journey with other channels, which listens to answers in the place of an app's event. */
export function withTexts(journey: Journey, { channels, heard, openings, stops }: RandomTexts, place: 0 | 1): Journey {
  const listening = opened(hearing(journey, nameOf(heard[place], journey)), openings[place]);
  const senders = Object.keys(listening.components).filter((id) => listening.components[id]?.type === "sendTemplate");
  const kindOf = (id: string): Kind => channels[senders.indexOf(id) % channels.length] ?? "email";
  const components = Object.entries(listening.components).map(([id, component]): [string, Component] => {
    if (component.type === "sendTemplate")
      return [id, { ...component, template: idOf(component.template, kindOf(id)) }];
    if (component.type !== "messageStatusRule") return [id, component];
    return [id, { ...component, status: reported(component.status, kindOf(component.message)) }];
  });
  const stopped = {
    id: "stopped",
    where: { field: "customer.unsubscribedChannels", operator: "contains", value: "sms" },
  } as const;
  return {
    ...listening,
    components: Object.fromEntries(components),
    ...(stops && { exit: [...(listening.exit ?? []), stopped] }),
  };
}

function nameOf(heard: string | undefined, { trigger }: Journey): string | undefined {
  return heard === "trigger" ? trigger.event : heard;
}

function opened({ start, components, ...journey }: Journey, opening: readonly string[]): Journey {
  const idAt = (index: number) => (index < opening.length ? `o-${index}` : start);
  const all = opening.map((what, index): [string, Component] => {
    const next = idAt(index + 1);
    if (what !== "answer") return [idAt(index), { type: "sendTemplate", template: what, next }];
    const yes = { field: "event.word", operator: "equals", value: "yes" } as const;
    const branches = [{ id: "yes", event: MESSAGE_RECEIVED, where: yes, next }];
    return [idAt(index), { type: "waitFor", within: "PT12H", branches, otherwise: next }];
  });
  return { ...journey, start: idAt(0), components: { ...Object.fromEntries(all), ...components } };
}

/** A status that the channel reports. A text is answered rather than read or clicked. */
function reported(status: Status, kind: Kind): Status {
  return kind === "email" || status === "failed" ? status : "replied";
}

/** Listens to `message.received` wherever the journey listened to the event `name`, and compares its word. */
function hearing(journey: Journey, name: string | undefined): Journey {
  if (name === undefined) return journey;
  const changed = (value: unknown, reads: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => changed(each, reads));
    if (typeof value !== "object" || value === null) return value;
    const about = value as Readonly<Record<string, unknown>>;
    const listens = about.event === name && about.type !== "emitEvent";
    if (reads && about.field === "event.n") return { field: "event.word", operator: "equals", value: "yes" };
    const members = Object.entries(about).map(([member, of]) => [member, changed(of, reads || listens)]);
    return { ...Object.fromEntries(members), ...(listens && { event: MESSAGE_RECEIVED }) };
  };
  return changed(journey, journey.trigger.event === name) as Journey;
}
