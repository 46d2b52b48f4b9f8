/**
 * The sentence that says how to correct an address to which no message can be sent. Only `render` names the value: logs
 * never do.
 */
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import type { Channel } from "../../lambdas/domain/messages/channel.ts";
import { addressOf } from "../../lambdas/domain/messages/recipient.ts";

const forms: Readonly<Record<"email" | "phone", string>> = {
  email:
    "An email address must be exactly one address, such as ada@mail.example, with only ASCII characters before the @.",
  phone:
    "A phone number must be a number that takes messages, with + and the code of its country, such as +491701234567.",
};

/** `undefined`: the reason is not about the address. */
export function skipHint(reason: string, channel: Channel, customer: Customer): string | undefined {
  const attribute = addressOf(channel)?.attribute;
  if (attribute === undefined) return undefined;
  if (reason === "no-address") return `The customer has no ${attribute}.`;
  if (reason === "bad-address")
    return `${attribute} is ${JSON.stringify(customer.attributes[attribute])}. ${forms[attribute]}`;
  return undefined;
}
