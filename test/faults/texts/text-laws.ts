/**
 * The laws of text channels and of the messages that customers send. They judge what the ledger has noted, and know
 * nothing of how the system decides.
 */
import { numberOf } from "../../../lambdas/app/exits/follow-number.ts";
import { conversationOf } from "../../../lambdas/domain/customer/address-facts.ts";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { MOST_RECEIVED } from "../../../lambdas/domain/customer/conversation.ts";
import { MOST_AUTOMATIC } from "../../../lambdas/domain/enrollment/decide-entry.ts";
import type { CustomerEvent } from "../../../lambdas/domain/events/event.ts";
import { MESSAGE_RECEIVED } from "../../../lambdas/domain/inbound/message-received.ts";
import { senderNumbers } from "../../../lambdas/domain/inbound/sender-numbers.ts";
import { plus, type Time } from "../../../lambdas/domain/time/time.ts";
import type { MemoryStore } from "../../../simulator/memory-store.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { ADDRESS_KEY } from "./address-key.ts";
import type { Inbound } from "./inbound.ts";
import type { Decision, TextNotes } from "./text-notes.ts";

/** A call takes at most a minute, but each of its calls to AWS may be slow here. */
const UNDER_WAY = "PT15M";

/** What the laws judge. */
interface TextWorld {
  readonly ledger: { readonly texts: TextNotes; readonly events: readonly CustomerEvent[] };
  readonly store: Pick<MemoryStore, "all" | "addresses">;
  readonly life: { readonly scenario: Scenario; readonly faults: readonly { readonly kind: string }[] };
}

export const textLaws = {
  *"every message that a function can read is handled"({ ledger: { texts } }: TextWorld): Iterable<string> {
    const decided = new Set(texts.decisions.map(({ id }) => id));
    for (const [id, { id: sent }] of texts.heard) {
      const found = texts.handled.get(id);
      if (found === undefined) yield `${sent} is not handled`;
      if (found && !decided.has(id)) yield `${sent} found its customer, and nothing is decided`;
    }
  },

  /**
   * A claim that was stored before the decision about STOP may still send its message. To a customer whom the conversation
   * does not list, a function that read the number before STOP may still claim a message. A consent of an app counts
   * whenever it comes.
   */
  *"STOP ends the marketing of its channel"(world: TextWorld): Iterable<string> {
    const { sent, stops } = world.ledger.texts;
    const marketing = sent.filter(
      ({ message, claim }) => message.class === "marketing" && !hasAgreed(claim.customerId, world),
    );
    for (const [decision, said] of decisionsOf(world)) {
      if (!said.stop) continue;
      for (const { customerId, number, off } of decision.listed) {
        if (hashOf(number) !== decision.address || hasAgreed(customerId, world)) continue;
        const isOff = Array.isArray(off) && off.includes(said.channel);
        if (!isOff) yield `${said.id} stopped ${said.channel}, and not for ${customerId}`;
        if (hasMoved(customerId, world)) continue;
        for (const { message, claim, claimed } of marketing)
          if (claim.customerId === customerId && message.to === number && message.channel === said.channel)
            if (claimed && claimed.place > decision.place)
              yield `${claim.messageId} was sent to ${customerId} after ${said.id}`;
      }
    }
    for (const { address, channel, at } of stops)
      for (const { message, claim, claimed } of marketing)
        if (
          message.channel === channel &&
          hashOf(message.to) === address &&
          claimed &&
          claimed.at > plus(at, UNDER_WAY)
        )
          yield `${claim.messageId} was sent to ${claim.customerId} after a STOP at ${at}`;
  },

  /**
   * A repeated delivery follows the first decision, unless the conversation has lost it: with its customer, or because
   * it keeps only the newest decisions. Only machines send so many messages between two deliveries.
   */
  *"a message of a customer has its effects once"(world: TextWorld): Iterable<string> {
    for (const [id, all] of Map.groupBy(decisionsOf(world), ([{ id }]) => id)) {
      if (all.some(([{ customerId }]) => hasMoved(customerId, world))) continue;
      if (isForgotten(all, world)) continue;
      if (all.length > 1) yield `${all[0]?.[1].id} was decided ${all.length} times`;
      const entered = [...world.store.all()].flatMap(({ enrollments }) =>
        [...enrollments.values()].flatMap(({ trigger, journeyId }) => (trigger.eventId === id ? [journeyId] : [])),
      );
      if (new Set(entered).size < entered.length) yield `${all[0]?.[1].id} let customers in ${entered.length} times`;
    }
  },

  *"a message belongs to a customer with its number, and answers a message to this number"(
    world: TextWorld,
  ): Iterable<string> {
    for (const [{ address, customerId, listed, messageId, answered }, said] of decisionsOf(world)) {
      const owner = listed.find((each) => each.customerId === customerId);
      if (!senderNumbers(said.from, said.channel).some((number) => hashOf(number) === address))
        yield `${said.id} is stored with another number`;
      if (hashOf(owner?.number) !== address) yield `${said.id} went to ${customerId}, who has another number`;
      if (messageId === undefined) continue;
      if (answered && answered.addressHash !== address) yield `${said.id} answers ${messageId} to another number`;
      if (answered && answered.channel !== said.channel) yield `${said.id} answers ${messageId} of another channel`;
    }
  },

  /** A message that was claimed again after the answer certainly had not been sent before. */
  *"a message is answered exactly when the first answer to it came"(world: TextWorld): Iterable<string> {
    const answers = Map.groupBy(decisionsOf(world), ([{ messageId }]) => messageId);
    for (const { enrollments } of world.store.all())
      for (const { messages } of enrollments.values())
        for (const { messageId, state, statuses } of messages) {
          const all = answers.get(messageId) ?? [];
          if (all.some(([{ place }]) => world.ledger.texts.claimOf(messageId) > place)) continue;
          const [first] = state === "skipped" ? [] : all.map(([, { time }]) => time).sort();
          if (statuses.replied !== first) yield `${messageId} was answered at ${statuses.replied}, not at ${first}`;
        }
  },

  *"a conversation names only customers with its number"({ store }: TextWorld): Iterable<string> {
    const numbers = new Map([...store.all()].map(({ customer }) => [customer.customerId, hashOf(numberOf(customer))]));
    for (const facts of store.addresses()) {
      const { customers, messages, received } = conversationOf(facts);
      const named = new Set([...customers, ...[...messages, ...received].map(({ customerId }) => customerId)]);
      for (const customerId of named)
        if (numbers.get(customerId) !== facts.address) yield `${customerId} is named and has another number`;
    }
  },

  /** A slow call, and a clock that is wrong, may move the send past the end of the time. */
  *"WhatsApp gets a text only within 24 hours of a message"({ ledger: { texts }, life }: TextWorld): Iterable<string> {
    const slow = life.faults.some(({ kind }) => kind === "slow" || kind === "skew");
    for (const { message, claim, at } of texts.sent) {
      if (message.channel !== "whatsapp" || message.whatsapp !== undefined) continue;
      const isOpen = (time: Time) => at < plus(plus(time, "PT24H"), slow ? "PT20M" : "PT0S");
      const open = [...texts.heard.values()].some(
        ({ channel, from, time }) =>
          channel === "whatsapp" && senderNumbers(from, channel).includes(message.to ?? "") && isOpen(time),
      );
      if (!open) yield `${claim.messageId} was sent outside of the 24 hours`;
    }
  },

  /** The days of the bound begin with the first automatic entry, so two of them may meet in 24 hours. */
  *"machines do not answer each other for ever"({ store }: TextWorld): Iterable<string> {
    for (const { customer, enrollments } of store.all()) {
      const automatic = [...enrollments.values()].filter(
        ({ hops, trigger }) => hops > 0 && trigger.name === MESSAGE_RECEIVED,
      );
      for (const [journeyId, all] of Map.groupBy(automatic, ({ journeyId }) => journeyId)) {
        const times = all.map(({ enteredAt }) => enteredAt).sort();
        for (const [index, time] of times.entries()) {
          const last = times[index + 2 * MOST_AUTOMATIC];
          if (last !== undefined && last < plus(time, "P1D"))
            yield `${customer.customerId} entered ${journeyId} more than ${2 * MOST_AUTOMATIC} times in a day`;
        }
      }
    }
  },
};

function decisionsOf({ ledger: { texts } }: TextWorld): [Decision, Inbound & { readonly stop: boolean }][] {
  return texts.decisions.flatMap((decision) => {
    const said = texts.heard.get(decision.id);
    return said ? [[decision, said]] : [];
  });
}

function hashOf(number: string | undefined): string | undefined {
  return number === undefined ? undefined : addressHash(number, ADDRESS_KEY);
}

function hasAgreed(customerId: string, { ledger }: TextWorld): boolean {
  return ledger.events.some((event) => event.customerId === customerId && event.changes?.unsubscribedChannels);
}

/** Whether so many other messages from the number were decided between two decisions that the first one was lost. */
function isForgotten(all: readonly (readonly [Decision, unknown])[], { ledger }: TextWorld): boolean {
  const [first, ...again] = all.map(([decision]) => decision);
  if (first === undefined || again.length === 0) return false;
  let before = first;
  for (const decision of again) {
    const between = ledger.texts.decisions.filter(
      ({ id, address, place }) =>
        id !== decision.id && address === decision.address && place > before.place && place < decision.place,
    );
    if (new Set(between.map(({ id }) => id)).size < MOST_RECEIVED) return false;
    before = decision;
  }
  return true;
}

/** Whether the customer was erased or had several numbers. */
function hasMoved(customerId: string, { ledger, life }: TextWorld): boolean {
  const events = ledger.events.filter((event) => event.customerId === customerId);
  const seeded = life.scenario.customers?.find((customer) => customer.customerId === customerId)?.phone;
  const numbers = [seeded, ...events.map(({ changes }) => changes?.phone)].filter((phone) => phone !== undefined);
  return new Set(numbers).size > 1 || events.some(({ name }) => name === "customer.deleted");
}
