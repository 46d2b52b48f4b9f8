/** Names an address without revealing it: in a message, and in the key under which the facts of an address are stored. */

import { hmacSha256 } from "#digest";
import { toBase64Url } from "../values/base64url.ts";
import { deterministicId } from "../values/hash.ts";

/** Of messages that an earlier release claimed: it had no key, so a person who knows addresses could test them. */
export function addressMark(address: string): string {
  return deterministicId("address", address);
}

/**
 * `address`: in its canonical form. Without the key, an address cannot be compared with this hash. 128 bits of the
 * HMAC are enough, and keep an enrollment as small as it was.
 */
export function addressHash(address: string, key: string): string {
  return toBase64Url(hmacSha256(key, `address ${address}`).subarray(0, 16));
}
