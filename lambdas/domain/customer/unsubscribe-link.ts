/**
 * The link by which a customer unsubscribes (RFC 8058). The link contains the customer's id and the message's topic, so
 * no table has to be read for it. A signature keeps a person from unsubscribing another customer. The link never
 * expires, because a customer must be able to unsubscribe from an old mail too.
 */

import { hmacSha256, isSameSecret } from "#digest";
import { ID } from "../documents/vocabulary.ts";
import { fromBase64Url, toBase64Url } from "../values/base64url.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export interface UnsubscribeLinks {
  /** The address of the page: the function's URL. */
  readonly url: string;
  readonly secret: string;
}

/** The customer who unsubscribes, and the topic. Without a topic the customer unsubscribes from all marketing. */
export interface Recipient {
  readonly customerId: string;
  readonly topic?: string | undefined;
}

export function unsubscribeUrl({ url, secret }: UnsubscribeLinks, recipient: Recipient): string {
  return `${url}?token=${tokenFor(recipient, secret)}`;
}

/** `CUSTOMER.SIGNATURE`, or `CUSTOMER.TOPIC.SIGNATURE`; neither part contains a dot. */
export function tokenFor({ customerId, topic }: Recipient, secret: string): string {
  const name = toBase64Url(encoder.encode(customerId));
  const signed = topic === undefined ? name : `${name}.${topic}`;
  return `${signed}.${toBase64Url(signature(signed, secret))}`;
}

/** The recipient that a token names; `undefined` when this stack did not sign the token. */
export function recipientOf(token: string | undefined, secret: string): Recipient | undefined {
  const parts = (token ?? "").split(".");
  const [given, wanted] = [fromBase64Url(parts.pop() ?? ""), signature(parts.join("."), secret)];
  if (!isSameSecret(given, wanted)) return undefined;
  const [name, topic, ...rest] = parts;
  if (!name || rest.length > 0 || (topic !== undefined && !ID.test(topic))) return undefined;
  return { customerId: decoder.decode(fromBase64Url(name)), ...(topic !== undefined && { topic }) };
}

function signature(signed: string, secret: string): Uint8Array {
  return hmacSha256(secret, `unsubscribe ${signed}`);
}
