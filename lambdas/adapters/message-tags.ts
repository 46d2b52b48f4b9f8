/**
 * The customer, the journey, the message and the hash of its address as SES tags: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
 * A value has at most 256 characters of `[A-Za-z0-9_-]`, so the customer's id is base64url, split into several tags if
 * needed.
 */
import type { Claim } from "../app/sending-ports.ts";

const MOST = 256;
/** A hash as `addressHash` writes it. */
const HASH = /^[A-Za-z0-9_-]{22}$/;

/** `addressHash`: in a report that comes after the customer's erasure, nothing else identifies the address. */
export function messageTags(
  { customerId, messageId, journeyId }: Claim,
  addressHash?: string,
): { Name: string; Value: string }[] {
  const customer = Buffer.from(customerId, "utf8").toString("base64url");
  const pieces = customer.match(new RegExp(`.{1,${MOST}}`, "g")) ?? [];
  return [
    { Name: "message", Value: messageId },
    { Name: "journey", Value: journeyId },
    ...pieces.map((Value, index) => ({ Name: `customer${index}`, Value })),
    ...(addressHash === undefined ? [] : [{ Name: "address", Value: addressHash }]),
  ];
}

/** Reads the ids from a report's `mail.tags`; `undefined` for mail that this stack did not send. */
export function claimOf(
  tags: Readonly<Record<string, readonly string[]>>,
): { customerId: string; messageId: string; addressHash?: string } | undefined {
  const [messageId] = tags.message ?? [];
  let customer = "";
  for (let index = 0; tags[`customer${index}`]?.[0] !== undefined; index++) customer += tags[`customer${index}`]?.[0];
  if (messageId === undefined || customer === "") return undefined;
  const [addressHash = ""] = tags.address ?? [];
  return {
    customerId: Buffer.from(customer, "base64url").toString("utf8"),
    messageId,
    ...(HASH.test(addressHash) && { addressHash }),
  };
}
