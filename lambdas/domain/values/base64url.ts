/** Base64 for addresses (RFC 4648, section 5), without padding: `Buffer` does not exist in a browser. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** The value of each character. `fromBase64Url` also accepts `+` and `/`, which plain Base64 has in place of `-` and `_`. */
const values = new Map([...[...ALPHABET].entries()].map(([value, one]) => [one, value]));
values.set("+", 62).set("/", 63);

export function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    for (; bits >= 6; bits -= 6) text += ALPHABET[(held >> (bits - 6)) & 63];
  }
  return bits === 0 ? text : text + ALPHABET[(held << (6 - bits)) & 63];
}

/** Reads as far as the first `=`, and skips every other ASCII character that is not Base64, as Node does. */
export function fromBase64Url(text: string): Uint8Array {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const one of text) {
    if (one === "=") break;
    const value = values.get(one);
    if (value === undefined) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  return Uint8Array.from(bytes);
}
