/** The module `#digest` in Node. `portable.ts` has the same functions for a browser; `package.json` names both. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export function sha256(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

export function hmacSha256(key: string, text: string): Uint8Array {
  return createHmac("sha256", key).update(text).digest();
}

/** Compares in a time that does not depend on where the bytes differ. */
export function isSameSecret(given: Uint8Array, wanted: Uint8Array): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
