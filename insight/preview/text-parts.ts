/** What a rendered text message costs: its parts, and the few characters that make more parts necessary. */
import { costlyCharacters, partsOf, type SmsParts } from "../../lambdas/domain/messages/sms-parts.ts";
import { type OwnPrices, PRICED, pricesIn } from "../cost/bill.ts";

export interface TextCost extends SmsParts {
  /** By the price that a person gave, else by the price to the United States without the fees of carriers. */
  readonly dollars: number;
  /** The characters without which the text would need fewer parts, and how many it would need then. */
  readonly costly?: { readonly characters: readonly string[]; readonly parts: number };
}

export function textCost(text: string, region: string, own: OwnPrices = {}): TextCost {
  const found = partsOf(text);
  const dollars = found.parts * (own.textParts ?? pricesIn(region).of.textParts / PRICED);
  const characters = costlyCharacters(text);
  const isCostly = new Set(characters);
  const without = partsOf([...text].map((each) => (isCostly.has(each) ? "?" : each)).join(""));
  return {
    ...found,
    dollars,
    ...(without.parts < found.parts && { costly: { characters, parts: without.parts } }),
  };
}

/** Canada and other countries have this code too. Their prices differ, but the number does not tell them apart here. */
const CODE_OF_UNITED_STATES = "+1";

const counted = (parts: number) => (parts === 1 ? "1 part" : `${parts} parts`);

/**
 * The cost in words, such as `2 parts (GSM-7), about $0.013 to the United States`. `number`: where the text goes. An own
 * price is the price to the country of this number.
 */
export function textCostLine(
  { encoding, parts, dollars }: TextCost,
  number: string | undefined,
  { textParts }: OwnPrices = {},
): string {
  if (textParts !== undefined) return `${counted(parts)} (${encoding}), $${dollars.toFixed(4)}`;
  const price = `${counted(parts)} (${encoding}), about $${dollars.toFixed(4)}`;
  return number === undefined || number.startsWith(CODE_OF_UNITED_STATES)
    ? `${price} to the United States`
    : `${price} at the price to the United States; the country of this number has another price`;
}

/** At most five characters are named, because a text in another script consists of such characters. */
export function costlyLine({ costly }: TextCost): string | undefined {
  if (!costly || costly.characters.length > 5) return undefined;
  const named = costly.characters.map((each) => `"${each}"`).join(", ");
  return `Without ${named} the message would have ${counted(costly.parts)}.`;
}
