/**
 * The parts into which a text message is divided, each of which is charged. A message whose characters all belong to
 * GSM-7 has 160 characters in one part, or 153 in each of several; one character outside GSM-7 makes the message UCS-2,
 * with 70 or 67. https://www.etsi.org/deliver/etsi_ts/123000_123099/123038/ and 123040
 */

/** The alphabet of one septet a character, and the characters that take two. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";

const septets = new Map<string, number>([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENDED].map((character) => [character, 2] as const),
]);

export interface SmsParts {
  readonly encoding: "GSM-7" | "UCS-2";
  readonly parts: number;
}

const room = { "GSM-7": { one: 160, each: 153 }, "UCS-2": { one: 70, each: 67 } } as const;

export function partsOf(text: string): SmsParts {
  const characters = [...text];
  const encoding = characters.every((character) => septets.has(character)) ? "GSM-7" : "UCS-2";
  const sizes = characters.map((character) =>
    encoding === "GSM-7" ? (septets.get(character) ?? 1) : character.length,
  );
  const { one, each } = room[encoding];
  if (sizes.reduce((sum, size) => sum + size, 0) <= one) return { encoding, parts: 1 };
  let [parts, left] = [1, each as number];
  // A character is never split between two parts.
  for (const size of sizes) {
    if (size > left) [parts, left] = [parts + 1, each];
    left -= size;
  }
  return { encoding, parts };
}

/** The characters outside GSM-7, each once. */
export function costlyCharacters(text: string): string[] {
  return [...new Set(text)].filter((character) => !septets.has(character));
}
