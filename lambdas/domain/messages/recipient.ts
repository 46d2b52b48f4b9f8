/**
 * The customer's address for each channel. This file is apart from `channel-traits.ts`, because only a function that
 * sends needs addresses.
 */
import { canonicalAddress } from "../customer/canonical-address.ts";
import { canonicalNumber } from "../customer/canonical-number.ts";
import { type Customer, email, phone } from "../customer/customer.ts";
import type { Channel } from "./channel.ts";

interface Address {
  /** The attribute that holds the address. */
  readonly attribute: "email" | "phone";
  /** The customer's address; `undefined` when the customer has none. */
  of(customer: Customer): string | undefined;
  /** The form of the address to which messages are sent; `undefined` when the channel cannot send there. */
  canonical(address: string): string | undefined;
}

/** `undefined`: the app that sends the messages knows the addresses. */
const addresses: Readonly<Record<Channel, Address | undefined>> = {
  email: { attribute: "email", of: email, canonical: canonicalAddress },
  event: undefined,
  sms: { attribute: "phone", of: phone, canonical: canonicalNumber },
  whatsapp: { attribute: "phone", of: phone, canonical: canonicalNumber },
};

export function addressOf(channel: Channel): Address | undefined {
  return addresses[channel];
}

/** The address to which a message to the customer is sent; `undefined` when there is none. */
export function recipientAddress(channel: Channel, customer: Customer): string | undefined {
  const address = addressOf(channel);
  const stored = address?.of(customer);
  return stored === undefined ? undefined : address?.canonical(stored);
}
