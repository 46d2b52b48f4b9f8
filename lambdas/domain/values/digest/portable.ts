/**
 * The module `#digest` in a browser, because the console runs the interpreter in the page. The hashes of the browser
 * itself are asynchronous, and the interpreter is not.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as sha256OfBytes } from "@noble/hashes/sha2.js";

const encoder = new TextEncoder();

export function sha256(text: string): Uint8Array {
  return sha256OfBytes(encoder.encode(text));
}

export function hmacSha256(key: string, text: string): Uint8Array {
  return hmac(sha256OfBytes, encoder.encode(key), encoder.encode(text));
}

/** Compares in a time that does not depend on where the bytes differ, so that nobody can guess a signature by bytes. */
export function isSameSecret(given: Uint8Array, wanted: Uint8Array): boolean {
  if (given.length !== wanted.length) return false;
  let different = 0;
  for (const [index, byte] of wanted.entries()) different |= byte ^ (given[index] ?? 0);
  return different === 0;
}
