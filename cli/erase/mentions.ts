/**
 * Finds a customer's id, address or number in stored values and member names.
 *
 * An id of letters only or digits only may be an ordinary word or number: a template that says "20 €" does not mention
 * the customer "20". An id of letters only or digits only counts only as a whole value, as a member name or in quotes.
 * Event data is stored as JSON text, where ids are in quotes. Any other id, an address, and a number with its plus sign
 * count as a whole word of a longer text too.
 */

export function mentions(value: unknown, wanted: readonly string[]): boolean {
  if (typeof value === "string") return wanted.some((word) => names(value, word));
  if (value instanceof Set || Array.isArray(value)) return [...value].some((item) => mentions(item, wanted));
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => mentions(name, wanted) || mentions(member, wanted));
}

function names(text: string, word: string): boolean {
  if (text === word || text.includes(JSON.stringify(word))) return true;
  return !isOrdinary(word) && hasWord(text, word);
}

function isOrdinary(word: string): boolean {
  return /^(\p{L}+|\p{N}+)$/u.test(word);
}

/** The id `c-1` is neither in `c-10` nor in `abc-1`. */
function hasWord(text: string, word: string): boolean {
  const letter = /[\p{L}\p{N}_-]/u;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!letter.test(text[at - 1] ?? "") && !letter.test(text[at + word.length] ?? "")) return true;
  return false;
}
