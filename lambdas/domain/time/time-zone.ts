/** Checks names of time zones, and suggests the most similar name for a wrong name. */
import { didYouMean } from "../values/did-you-mean.ts";

/** The name of every zone is shorter than this. */
const LONGEST = 64;

const known = new Map<string, boolean>();

/** True for IANA names such as Europe/Berlin, false for offsets such as +02:00. */
export function isTimezone(text: string): boolean {
  let answer = known.get(text);
  if (answer === undefined) {
    answer = /^[A-Za-z]/.test(text) && isAccepted(text);
    if (known.size < 1_000) known.set(text, answer);
  }
  return answer;
}

/** `Did you mean "Europe/Berlin"?`, when the text is close to a zone's name or its city. */
export function likeTimezone(text: string): string {
  if (text.length > LONGEST) return "";
  if (/^[a-z]{0,5}\s*[+-]\d/i.test(text))
    return " An offset is no time zone: it does not follow summer time. Name a city.";
  const zones = Intl.supportedValuesOf("timeZone");
  const city = text.replaceAll(" ", "_").toLowerCase();
  return didYouMean(zones.find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? text, zones);
}

function isAccepted(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
