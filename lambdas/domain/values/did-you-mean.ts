/** Suggests the known word that an author probably meant, for messages about documents. */
import { distance } from "fastest-levenshtein";

/** `Did you mean "x"?` when a known word is close. Otherwise lists the known words, if there are at most 12. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  const close = words
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= tolerance(Math.max(candidate.length, word.length)))
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))[0];
  if (close) return ` Did you mean "${close.candidate}"?`;
  return words.length > 0 && words.length <= 12 ? ` Known: ${words.map((known) => `"${known}"`).join(", ")}.` : "";
}

/** How many letters may differ. Two swapped letters count as two. */
function tolerance(length: number): number {
  return length <= 3 ? 1 : Math.max(2, Math.floor(length / 3));
}
