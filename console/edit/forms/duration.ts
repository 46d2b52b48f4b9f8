/** Durations as a person types them, such as "2 days" or "1 hour 30 minutes". Documents store durations in ISO 8601. */

import { durationText } from "../../../insight/words/duration-text.ts";
import { isDuration } from "../../../lambdas/domain/time/time.ts";

const letters = { week: "W", day: "D", hour: "H", minute: "M", min: "M", second: "S", sec: "S" } as const;

/** `P2D` for "2 days". `undefined` when the text is no duration. */
export function durationFrom(text: string): string | undefined {
  const trimmed = text.trim();
  if (isDuration(trimmed.toUpperCase())) return trimmed.toUpperCase();
  const sign = /^-|\bbefore$/i.test(trimmed) ? "-" : "";
  const words = trimmed.replace(/^[-+]|\b(before|after)$/gi, "").replace(/\band\b|,/gi, " ");
  const parts = [...words.matchAll(/(\d+)\s*([a-z]+)/gi)];
  if (parts.length === 0 || words.replace(/\d+\s*[a-z]+/gi, "").trim() !== "") return undefined;
  const amounts = new Map<string, string>();
  for (const [, amount = "", word = ""] of parts) {
    const letter = letterOf(word.toLowerCase());
    if (letter === undefined || amounts.has(letter)) return undefined;
    amounts.set(letter, amount);
  }
  const written = (names: string) =>
    [...names].map((name) => (amounts.has(name) ? amounts.get(name) + name : "")).join("");
  const time = written("HMS");
  return `${sign}P${written("WD")}${time === "" ? "" : `T${time}`}`;
}

/** The letter of a unit: its name, its plural, or its first letter. */
function letterOf(word: string): string | undefined {
  const name = Object.keys(letters).find((unit) => word === unit || word === `${unit}s` || word === unit[0]);
  return name === undefined ? undefined : letters[name as keyof typeof letters];
}

/** `2 days` for `P2D`; a text that is no duration stays as it is. */
export function durationWords(duration: string): string {
  if (!isDuration(duration)) return duration;
  const words = durationText(duration);
  return duration.startsWith("-") ? `${words} before` : words;
}
