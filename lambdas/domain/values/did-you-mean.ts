/** Suggests the known word that an author probably meant, for messages about documents. */
import { distance } from "fastest-levenshtein";

/** `Did you mean "x"?` when a known word is close. Otherwise lists the known words, if there are at most 12. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  const close = words
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, far }) => far <= tolerance(Math.max(candidate.length, word.length)) || isSwapped(word, candidate),
    )
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))[0];
  if (close) return ` Did you mean "${close.candidate}"?`;
  return words.length > 0 && words.length <= 12 ? ` Known: ${words.map((known) => `"${known}"`).join(", ")}.` : "";
}

/**
 * How many letters of the two words may differ. In a short word, two other letters make another word: "wait" is not
 * "exit".
 */
function tolerance(length: number): number {
  return length <= 5 ? 1 : Math.max(2, Math.floor(length / 3));
}

/** Whether two neighboring letters are swapped: "wiat" is "wait". */
function isSwapped(word: string, candidate: string): boolean {
  const [a, b] = [word.toLowerCase(), candidate.toLowerCase()];
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && `${a.slice(0, at)}${a[at + 1] ?? ""}${a[at] ?? ""}${a.slice(at + 2)}` === b;
}
