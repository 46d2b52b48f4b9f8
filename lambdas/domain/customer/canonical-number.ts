/**
 * A telephone number in the one form that channels take: E.164, such as `+491701234567`. A number in national form is
 * not accepted, because nothing says to which country it belongs.
 */
import { numberPlan } from "./number-plan.ts";

const E164 = /^\+[1-9]\d{4,14}$/;

/** The possible lengths of a national number, by country calling code. */
const lengths = new Map(
  Object.entries(numberPlan).flatMap(([known, codes]) => {
    const possible = new Set(known.split(" ").map(Number));
    return codes.split(" ").map((code) => [code, possible] as const);
  }),
);
const LONGEST_CODE = 3;

/** `undefined` when the text is no number that can exist. */
export function canonicalNumber(text: string): string | undefined {
  const number = text.trim();
  if (!E164.test(number)) return undefined;
  const digits = number.slice(1);
  for (let length = 1; length <= LONGEST_CODE; length++)
    if (lengths.get(digits.slice(0, length))?.has(digits.length - length)) return number;
  return undefined;
}
