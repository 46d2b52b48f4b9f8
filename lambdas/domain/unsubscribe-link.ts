/**
 * The link by which a customer unsubscribes (RFC 8058): it names the customer and is signed, so that nobody can
 * unsubscribe somebody else, and needs no look-up. It never expires: an old mail must still be refusable.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface UnsubscribeLinks {
  /** Where the page is, such as the function's URL. */
  readonly url: string;
  readonly secret: string;
}

export function unsubscribeUrl({ url, secret }: UnsubscribeLinks, customerId: string): string {
  return `${url}?token=${tokenFor(customerId, secret)}`;
}

export function tokenFor(customerId: string, secret: string): string {
  const name = Buffer.from(customerId, "utf8").toString("base64url");
  return `${name}.${signature(name, secret).toString("base64url")}`;
}

/** The customer whom a token names; `undefined` when it is not signed by this stack. */
export function customerOf(token: string | undefined, secret: string): string | undefined {
  const [name, signed, ...rest] = (token ?? "").split(".");
  if (!name || !signed || rest.length > 0) return undefined;
  const [given, wanted] = [Buffer.from(signed, "base64url"), signature(name, secret)];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return Buffer.from(name, "base64url").toString("utf8");
}

function signature(name: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(`unsubscribe ${name}`).digest();
}
