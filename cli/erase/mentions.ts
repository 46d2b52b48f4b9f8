/** Finds a customer's id or address in stored values and member names. */

export function mentions(value: unknown, wanted: readonly string[]): boolean {
  if (typeof value === "string") return wanted.some((word) => names(value, word));
  if (value instanceof Set || Array.isArray(value)) return [...value].some((item) => mentions(item, wanted));
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => mentions(name, wanted) || mentions(member, wanted));
}

/** Matches whole words only: the id `c-1` matches neither `c-10` nor `abc-1`. Event data is JSON text, which quotes ids. */
function names(text: string, word: string): boolean {
  const letter = /[\p{L}\p{N}_-]/u;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!letter.test(text[at - 1] ?? "") && !letter.test(text[at + word.length] ?? "")) return true;
  return false;
}
