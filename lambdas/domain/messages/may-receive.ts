/** Decides whether a customer may get a message, and gives the reason when not. */

import { type AddressFacts, hasStopped, strongestReport } from "../customer/address-facts.ts";
import { canonicalAddress } from "../customer/canonical-address.ts";
import { type Customer, isUnsubscribed, isUnsubscribedFrom, isUnsubscribedFromChannel } from "../customer/customer.ts";
import type { SkipReason } from "../reasons/reason.ts";
import { plus, type Time } from "../time/time.ts";
import { traitsOf } from "./channel-traits.ts";
import { addressOf, recipientAddress } from "./recipient.ts";
import type { Template } from "./template.ts";
import { variantFor } from "./variant.ts";

/** `facts`: of the customer's address; absent when nothing is known of it. */
export function mayReceive(
  customer: Customer,
  { channel, class: kind, topic }: Pick<Template, "channel" | "class" | "topic">,
  facts?: AddressFacts,
): SkipReason | undefined {
  const address = addressOf(channel);
  if (address && address.of(customer) === undefined) return "no-address";
  const to = recipientAddress(channel, customer);
  if (address && to === undefined) return "bad-address";
  const report =
    to === undefined ? undefined : ((facts && strongestReport(facts, channel)) ?? storedReport(customer, to, facts));
  // No mail reaches an address that bounced or is suppressed, and sending to it harms the account's reputation. A
  // customer who complained still has the address, so transactional mail goes out.
  if (report === "bounced" || report === "suppressed" || report === "opted-out") return report;
  if (kind === "transactional") return undefined;
  if (isUnsubscribed(customer)) return "unsubscribed";
  if (isUnsubscribedFromChannel(channel, customer) || hasStopped(facts, channel, customer.times.unsubscribedChannels))
    return "channel-unsubscribed";
  return topic !== undefined && isUnsubscribedFrom(topic, customer) ? "topic-unsubscribed" : report;
}

/** The report that an earlier release stored with the customer instead of the address. */
function storedReport({ suppressed }: Customer, to: string, facts: AddressFacts | undefined) {
  if (!suppressed || canonicalAddress(suppressed.email) !== to) return undefined;
  return facts?.lifted !== undefined && suppressed.at <= facts.lifted ? undefined : suppressed.reason;
}

/**
 * Whether a plain text comes too late. WhatsApp takes a plain text only within 24 hours of the newest message from the
 * number. An approved template may be sent at any time. `facts`: of the customer's number; absent when nothing is known
 * of it.
 */
export function isOutsideWindow(
  template: Template,
  { attributes }: Customer,
  facts: AddressFacts | undefined,
  now: Time,
): boolean {
  const { textWithin } = traitsOf(template.channel);
  if (textWithin === undefined || variantFor(template, attributes.language).whatsapp !== undefined) return false;
  const inboundAt = facts?.inboundAt?.[template.channel];
  return inboundAt === undefined || now >= plus(inboundAt, textWithin);
}
