/**
 * Who a message belongs to, as SES tags: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
 * Values hold 256 of `[A-Za-z0-9_-]`, so the customer's id goes as base64url, in as many tags as it needs.
 */
import type { Claim } from "../app/ports.ts";

const MOST = 256;

export function messageTags({ customerId, messageId, journeyId }: Claim): { Name: string; Value: string }[] {
  const customer = Buffer.from(customerId, "utf8").toString("base64url");
  const pieces = customer.match(new RegExp(`.{1,${MOST}}`, "g")) ?? [];
  return [
    { Name: "message", Value: messageId },
    { Name: "journey", Value: journeyId },
    ...pieces.map((Value, index) => ({ Name: `customer${index}`, Value })),
  ];
}

/** The other way round, from a report's `mail.tags`; `undefined` for mail that is not ours. */
export function claimOf(
  tags: Readonly<Record<string, readonly string[]>>,
): { customerId: string; messageId: string } | undefined {
  const [messageId] = tags.message ?? [];
  let customer = "";
  for (let index = 0; tags[`customer${index}`]?.[0] !== undefined; index++) customer += tags[`customer${index}`]?.[0];
  if (messageId === undefined || customer === "") return undefined;
  return { customerId: Buffer.from(customer, "base64url").toString("utf8"), messageId };
}
