/**
 * Names an address without revealing it: in a message, and in the key under which the facts of an address are stored.
 *
 * The functions are not in `customer.ts`, because their hashes need Node and the rest of a customer also runs in a
 * browser.
 */
import { createHmac } from "node:crypto";
import { deterministicId } from "../values/hash.ts";

/** Of messages that an earlier release claimed: it had no key, so a person who knows addresses could test them. */
export function addressMark(address: string): string {
  return deterministicId("address", address);
}

/**
 * `address`: in its canonical form. Without the key, nobody can find out whether an address has this hash. 128 bits of the
 * HMAC are enough, and keep an enrollment as small as it was.
 */
export function addressHash(address: string, key: string): string {
  return createHmac("sha256", key).update(`address ${address}`).digest().subarray(0, 16).toString("base64url");
}
