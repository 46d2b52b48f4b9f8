/** Decides whether a customer may get a message, and gives the reason when not. */

import { canonicalAddress } from "../customer/canonical-address.ts";
import { type Customer, isUnsubscribed, isUnsubscribedFrom } from "../customer/customer.ts";
import type { SkipReason } from "../reasons/reason.ts";
import { recipientAddress, traitsOf } from "./channel.ts";
import type { Template } from "./template.ts";

export function mayReceive(
  customer: Customer,
  { channel, class: kind, topic }: Pick<Template, "channel" | "class" | "topic">,
): SkipReason | undefined {
  const { address } = traitsOf(channel);
  if (address && address.of(customer) === undefined) return "no-address";
  const to = recipientAddress(channel, customer);
  if (address && to === undefined) return "bad-address";
  const suppressed =
    customer.suppressed && to !== undefined && canonicalAddress(customer.suppressed.email) === to
      ? customer.suppressed.reason
      : undefined;
  // An address that bounced gets no mail at all: it takes none, and each bounce harms the account's reputation. A customer
  // who complained still has the address, so transactional mail goes out.
  if (suppressed === "bounced") return "bounced";
  if (kind === "transactional") return undefined;
  if (isUnsubscribed(customer)) return "unsubscribed";
  return topic !== undefined && isUnsubscribedFrom(topic, customer) ? "topic-unsubscribed" : suppressed;
}
