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

export interface TextSent {
  readonly place: number;
  /** The place of its claim. */
  readonly claimed: number;
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
  readonly sent: TextSent[] = [];
  private readonly claims = new Map<string, number>();
  private place = 0;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  hear(inbound: Inbound): void {
    this.heard.set(receivedId(inbound), { ...inbound, stop: isStopWord(inbound.text) });
  }

  handle(inbound: Inbound, found: boolean): void {
    const id = receivedId(inbound);
    this.handled.set(id, found || this.handled.get(id) === true);
  }

  send(message: OutgoingMessage, claim: Claim, at: Time): void {
    if (message.channel !== "sms" && message.channel !== "whatsapp") return;
    this.sent.push({ place: ++this.place, claimed: this.claims.get(claim.messageId) ?? 0, at, message, claim });
  }

  /** Looks at a commit before it happens, and returns the note to make after it. */
  async changing(after: AddressFacts): Promise<() => void> {
    const known = new Set(conversationOf(await this.store.addressFacts(after.address)).received.map(({ id }) => id));
    const { received, customers } = conversationOf(after);
    const fresh = received.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return () => {};
    const listed = [];
    for (const customerId of customers) {
      const customer = await this.store.customer(customerId);
      listed.push({ customerId, number: numberOf(customer), off: customer.attributes.unsubscribedChannels ?? [] });
    }
    const decided: Omit<Decision, "place">[] = [];
    for (const each of fresh)
      decided.push({ ...each, address: after.address, listed, answered: await this.messageOf(each) });
    return () => {
      for (const each of decided) this.decisions.push({ ...each, place: ++this.place });
    };
  }

  claimed({ messageId }: Message): void {
    this.claims.set(messageId, ++this.place);
  }

  /** The place of a message's newest claim; 0: there is none. */
  claimOf(messageId: string): number {
    return this.claims.get(messageId) ?? 0;
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
