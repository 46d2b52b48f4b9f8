/** Whether a customer may be sent a message, and if not, why. */
import { type Customer, email, isUnsubscribed, isUnsubscribedFrom } from "./customer.ts";
import type { Template } from "./template.ts";

export type SkipReason =
  | "no-address"
  | "bad-address"
  /** Mail to the address bounced for good. */
  | "bounced"
  | "complained"
  | "unsubscribed"
  | "topic-unsubscribed"
  | "unknown-template"
  /** The template did more work than allowed for this customer's data. */
  | "not-renderable";

export function mayReceive(
  customer: Customer,
  { channel, class: kind, topic }: Pick<Template, "channel" | "class" | "topic">,
): SkipReason | undefined {
  const address = email(customer);
  const byMail = channel === "email";
  if (byMail && address === undefined) return "no-address";
  if (byMail && !isOneAddress(address as string)) return "bad-address";
  const suppressed = byMail && customer.suppressed?.email === address ? customer.suppressed?.reason : undefined;
  // An address that is not there takes nothing, and sending to it harms the sender's name. Who complained is there.
  if (suppressed === "bounced") return "bounced";
  if (kind === "transactional") return undefined;
  if (isUnsubscribed(customer)) return "unsubscribed";
  return topic !== undefined && isUnsubscribedFrom(topic, customer) ? "topic-unsubscribed" : suppressed;
}

/** One mailbox and nothing else: neither a name, nor a list, nor the beginning of another header. */
function isOneAddress(text: string): boolean {
  return /^[^\s<>()[\]\\,;:"@\p{C}]{1,64}@[^\s<>()[\]\\,;:"@\p{C}]{1,255}$/u.test(text);
}
