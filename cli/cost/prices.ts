/**
 * Prices that a person gives. The stack cannot know these prices, because the price of a text message depends on the
 * country of the customer.
 */
import { UsageError } from "../../stack/usage-error.ts";

export const smsPriceOption: readonly [string, string] = [
  "--sms-price <dollars>",
  "the price of one part of a text message to your customers' country",
];

export function smsPriceOf(given: string | boolean | undefined): number | undefined {
  return aboveZero(given, "--sms-price takes a number of dollars");
}

export function aboveZero(given: string | boolean | undefined, takes: string): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`${takes} above zero, not "${given}".`);
}
