/** Ids and shares that are the same on every retry because they are computed, never drawn. */
import { createHash } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** 26 small letters and digits (130 bits of SHA-256): fits an execution name and an SES tag. */
export function deterministicId(...parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  let id = "";
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < 26) {
      bits -= 5;
      id += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return id;
}

/** A share of 0 ≤ x < 100 that is always the same for the same parts, and even over many. */
export function share(...parts: readonly string[]): number {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  return (digest.readUIntBE(0, 6) / 2 ** 48) * 100;
}
