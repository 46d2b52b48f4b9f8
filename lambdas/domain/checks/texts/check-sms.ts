/**
 * Warns of the few characters that make a text message cost twice as much. A text in another script needs such
 * characters.
 */
import type { Problem } from "../../documents/problem.ts";
import { costlyCharacters } from "../../messages/sms-parts.ts";
import { liquidParts } from "./liquid-parts.ts";

/** A text with a larger share of characters outside GSM-7 is written in another script. */
const FEW = 0.1;

/** The character that the author meant, for characters that text programs insert by themselves. */
const plain: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "–": "-",
  "—": "-",
  "…": "...",
  "\u00a0": "a blank",
};

export function smsWarnings(source: string, path: string): Problem[] {
  const characters = liquidParts(source).flatMap(({ kind, content }) => (kind === "text" ? [...content] : []));
  const costly = costlyCharacters(characters.join(""));
  const isCostly = new Set(costly);
  const share = characters.filter((character) => isCostly.has(character)).length / Math.max(1, characters.length);
  if (costly.length === 0 || share > FEW) return [];
  const named = costly.map((character) => {
    const instead = plain[character];
    return `"${character}"${instead === undefined ? "" : ` (write ${instead})`}`;
  });
  return [
    {
      path,
      code: "costly-character",
      message: `A part of the message has 70 characters instead of 160 because of ${named.join(", ")}, so it costs about twice as much. Replace ${costly.length === 1 ? "it" : "them"}, or leave it so.`,
      severity: "warning",
    },
  ];
}
