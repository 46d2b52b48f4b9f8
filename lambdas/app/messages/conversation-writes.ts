/** The write by which a message notes in the conversation with its number that the customer was written to. */

import { conversationOf, withConversation } from "../../domain/customer/address-facts.ts";
import { type MessageTo, withMessageTo } from "../../domain/customer/conversation.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import { traitsOf } from "../../domain/messages/channel-traits.ts";
import type { Ports } from "../ports.ts";
import type { Change } from "../store.ts";

/** `address`: the hash of the number; `undefined` when the stack stores no facts of addresses. */
export async function conversationWrites(
  address: string | undefined,
  message: MessageTo & { readonly channel: Channel },
  { store }: Pick<Ports, "store">,
): Promise<Change[]> {
  if (address === undefined || !traitsOf(message.channel).answerable) return [];
  const before = await store.addressFacts(address);
  return [{ kind: "address", facts: withConversation(before, withMessageTo(conversationOf(before), message)) }];
}
