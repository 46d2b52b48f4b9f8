/**
 * The word of a short message: its text without what people write differently. "YES", " Yes! " and "yes 👍" are all "yes",
 * so a journey compares an answer with one value. Accents of Latin and Greek letters are left off, because many people
 * do not type them. The marks of other scripts stay, because some of them tell one word from another.
 */

/** A longer message is a sentence for people to read. */
const MOST_CHARACTERS = 64;

/** `undefined`: the message is long, or has neither a letter nor a digit. */
export function wordOf(text: string): string | undefined {
  const whole = text.trim();
  if (whole.length > MOST_CHARACTERS) return undefined;
  const kept = whole.normalize("NFKD").match(/[\p{Script=Latin}\p{Script=Greek}\p{N}]|\p{L}\p{M}*/gu);
  return kept?.join("").toLowerCase().normalize("NFC");
}
