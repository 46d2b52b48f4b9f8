/** Whether a customer may be sent a message, and if not, why. */

import { type Customer, isUnsubscribed, isUnsubscribedFrom } from "../customer/customer.ts";
import type { SkipReason } from "../reasons/reason.ts";
import { traitsOf } from "./channel.ts";
import type { Template } from "./template.ts";

export function mayReceive(
  customer: Customer,
  { channel, class: kind, topic }: Pick<Template, "channel" | "class" | "topic">,
): SkipReason | undefined {
  const { address } = traitsOf(channel);
  const to = address?.of(customer);
  if (address && to === undefined) return "no-address";
  if (to !== undefined && !address?.isGood(to)) return "bad-address";
  const suppressed = to !== undefined && customer.suppressed?.email === to ? customer.suppressed.reason : undefined;
  // An address that is not there takes nothing, and sending to it harms the sender's name. Who complained is there.
  if (suppressed === "bounced") return "bounced";
  if (kind === "transactional") return undefined;
  if (isUnsubscribed(customer)) return "unsubscribed";
  return topic !== undefined && isUnsubscribedFrom(topic, customer) ? "topic-unsubscribed" : suppressed;
}
