/**
 * Prices that a person gives. The stack cannot know these prices: the country of the customer decides the price of a text
 * message, and of a WhatsApp message also the kind of the approved template.
 */
import type { OwnItem, OwnPrices } from "../../insight/cost/bill.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { CliCommand, Given } from "../terminal/command.ts";

export const priceOptions: NonNullable<CliCommand["options"]> = [
  ["--sms-price <dollars>", "the price of one part of a text message to your customers' country"],
  ["--whatsapp-price <dollars>", "the fees of AWS and Meta together for one approved template by WhatsApp"],
  ["--whatsapp-text-price <dollars>", "the fees of AWS and Meta together for one text by WhatsApp"],
];

export function ownPricesOf({ smsPrice, whatsappPrice, whatsappTextPrice }: Given["options"]): OwnPrices {
  const given: Record<OwnItem, number | undefined> = {
    textParts: aboveZero(smsPrice, "--sms-price takes a number of dollars"),
    whatsappTemplates: aboveZero(whatsappPrice, "--whatsapp-price takes a number of dollars"),
    whatsappTexts: aboveZero(whatsappTextPrice, "--whatsapp-text-price takes a number of dollars"),
  };
  return Object.fromEntries(Object.entries(given).filter(([, price]) => price !== undefined));
}

export function aboveZero(given: string | boolean | undefined, takes: string): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`${takes} above zero, not "${given}".`);
}

/** The prices that no file has. */
const unlisted: Readonly<Record<Exclude<OwnItem, "textParts">, string>> = {
  whatsappTemplates: "approved templates (--whatsapp-price)",
  whatsappTexts: "texts (--whatsapp-text-price)",
};

/** What a person must know about dollars in which the price of some items is missing. */
export function missingNote(unpriced: readonly string[]): string | undefined {
  const named = Object.entries(unlisted).flatMap(([item, text]) => (unpriced.includes(item) ? text : []));
  return named.length === 0
    ? undefined
    : `The fees of AWS and Meta for WhatsApp are not included. Give the price of ${named.join(" and of ")}.`;
}
