/** What the ledger notes about text channels: what was really sent, heard and decided, in this order. Laws judge it. */

import { numberOf } from "../../../lambdas/app/exits/follow-number.ts";
import type { Claim } from "../../../lambdas/app/sending-ports.ts";
import type { Store } from "../../../lambdas/app/store.ts";
import { type AddressFacts, conversationOf } from "../../../lambdas/domain/customer/address-facts.ts";
import type { ReceivedFrom } from "../../../lambdas/domain/customer/conversation.ts";
import type { Enrollment, Message } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { enrollmentIdOf } from "../../../lambdas/domain/enrollment/message-id.ts";
import { systemEventId } from "../../../lambdas/domain/events/system-event-id.ts";
import { isStopWord } from "../../../lambdas/domain/inbound/stop-words.ts";
import type { Time } from "../../../lambdas/domain/time/time.ts";
import type { Json } from "../../../lambdas/domain/values/json.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";
import type { Inbound } from "./inbound.ts";

/** The decision of the system about an inbound message, when it was stored. */
export interface Decision extends ReceivedFrom {
  readonly place: number;
  /** The hash of the number under which the decision is stored. */
  readonly address: string;
  /** The customers of the conversation, as they were then. */
  readonly listed: readonly { readonly customerId: string; readonly number: string | undefined; readonly off: Json }[];
  /** The message that was answered, as it was then. */
  readonly answered: Message | undefined;
}

/** A STOP, when it was stored with its number. */
export interface Stop {
  readonly address: string;
  readonly channel: string;
  readonly at: Time;
}

/** When a message was claimed. */
interface Claimed {
  readonly place: number;
  readonly at: Time;
}

export interface TextSent {
  /** Its newest claim. */
  readonly claimed: Claimed | undefined;
  readonly at: Time;
  readonly message: OutgoingMessage;
  readonly claim: Claim;
}

export class TextNotes {
  /** By the id of the event that the message leads to. */
  readonly heard = new Map<string, Inbound & { readonly stop: boolean }>();
  /** The ids of the messages that a function has handled, and whether it found their customer. */
  readonly handled = new Map<string, boolean>();
  readonly decisions: Decision[] = [];
  readonly stops: Stop[] = [];
  readonly sent: TextSent[] = [];
  private readonly claims = new Map<string, Claimed>();
  private place = 0;
  private readonly store: Store;
  private readonly now: () => Time;

  constructor(store: Store, now: () => Time) {
    this.store = store;
    this.now = now;
  }

  hear(inbound: Inbound): void {
    this.heard.set(receivedId(inbound), { ...inbound, stop: isStopWord(inbound.text) });
  }

  handle(inbound: Inbound, found: boolean): void {
    const id = receivedId(inbound);
    this.handled.set(id, found || this.handled.get(id) === true);
  }

  send(message: OutgoingMessage, claim: Claim): void {
    if (message.channel !== "sms" && message.channel !== "whatsapp") return;
    this.sent.push({ claimed: this.claims.get(claim.messageId), at: this.now(), message, claim });
  }

  /** Looks at a commit before it happens, and returns the note to make after it. */
  async changing(after: AddressFacts): Promise<() => void> {
    const before = await this.store.addressFacts(after.address);
    const known = new Set(conversationOf(before).received.map(({ id }) => id));
    const { received, customers } = conversationOf(after);
    const fresh = received.filter(({ id }) => !known.has(id));
    const stopped = Object.entries(after.stopped ?? {}).filter(([channel, at]) => before.stopped?.[channel] !== at);
    if (fresh.length + stopped.length === 0) return () => {};
    const listed = [];
    for (const customerId of customers) {
      const customer = await this.store.customer(customerId);
      listed.push({ customerId, number: numberOf(customer), off: customer.attributes.unsubscribedChannels ?? [] });
    }
    const decided: Omit<Decision, "place">[] = [];
    for (const each of fresh)
      decided.push({ ...each, address: after.address, listed, answered: await this.messageOf(each) });
    return () => {
      for (const [channel] of stopped) this.stops.push({ address: after.address, channel, at: this.now() });
      for (const each of decided) this.decisions.push({ ...each, place: ++this.place });
    };
  }

  claimed({ messageId }: Message): void {
    this.claims.set(messageId, { place: ++this.place, at: this.now() });
  }

  /** The place of a message's newest claim; 0: there is none. */
  claimOf(messageId: string): number {
    return this.claims.get(messageId)?.place ?? 0;
  }

  private async messageOf({ customerId, messageId }: ReceivedFrom): Promise<Message | undefined> {
    if (messageId === undefined) return undefined;
    const stored: Enrollment | undefined = await this.store.enrollment({
      customerId,
      enrollmentId: enrollmentIdOf(messageId),
    });
    return stored?.messages.find((message) => message.messageId === messageId);
  }
}

function receivedId({ channel, id }: Inbound): string {
  return systemEventId("received", channel, id);
}
