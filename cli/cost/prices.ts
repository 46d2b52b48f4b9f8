/**
 * Prices that a person gives. The stack cannot know these prices, because the price of a text message depends on the
 * country of the customer.
 */
import type { Estimate } from "../../insight/cost/estimate.ts";
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

/** What a person must know about an estimate of a journey that sends WhatsApp messages. */
export function whatsappNote({ paths }: Pick<Estimate, "paths">): string | undefined {
  return paths.some(({ total }) => (total.apis.SendWhatsAppMessage ?? 0) > 0)
    ? "The fees of AWS and Meta for WhatsApp messages are not included: the kind of the message and the country decide them."
    : undefined;
}
