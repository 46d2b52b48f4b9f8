/** Ids and shares that are computed from their parts. Unlike random ids, these are the same on every retry. */
import { sha256 } from "#digest";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** 26 lowercase letters and digits (130 bits of SHA-256). An execution name and an SES tag may have this form. */
export function deterministicId(...parts: readonly string[]): string {
  const digest = sha256(JSON.stringify(parts));
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

/** A number 0 ≤ x < 100. Equal parts give equal numbers; over many different parts the numbers are spread evenly. */
export function share(...parts: readonly string[]): number {
  const digest = sha256(JSON.stringify(parts));
  let first48Bits = 0;
  for (const byte of digest.subarray(0, 6)) first48Bits = first48Bits * 256 + byte;
  return (first48Bits / 2 ** 48) * 100;
}
