/** The bill for a usage, by the dated list prices in `prices.json`, without storage, logs, traces and free tiers. */
import prices from "./prices.json" with { type: "json" };
import { type Total, total, type Usage } from "./usage.ts";

type ListedItem = keyof (typeof prices.regions)["us-east-1"];

/** The country of the customer decides these prices, so a person may give them. */
export type OwnItem = "textParts" | "whatsappTemplates" | "whatsappTexts";

export type Item = ListedItem | OwnItem;

/** Dollars for one. */
export type OwnPrices = Readonly<Partial<Record<OwnItem, number>>>;

export interface Line {
  readonly item: Item;
  readonly amount: number;
  /** Absent when neither the file nor a person gives the price. */
  readonly dollars?: number;
}

export const priceDate = prices.date;
/** Prices are for so many. */
export const PRICED = prices.per;
export const regions: readonly string[] = Object.keys(prices.regions);
export const defaultRegion = prices.default;

/** The prices of a region. `borrowed`: items for which the file has only the price of the default region. */
export function pricesIn(region: string): { of: Readonly<Record<ListedItem, number>>; borrowed: readonly Item[] } {
  const own: Partial<Record<ListedItem, number>> = prices.regions[region as keyof typeof prices.regions];
  const fallback = prices.regions[prices.default as "us-east-1"];
  const borrowed = (Object.keys(fallback) as ListedItem[]).filter((item) => own[item] === undefined);
  return { of: { ...fallback, ...own }, borrowed };
}

/** The amounts of each item. Every record counts as its own batch, which is the maximum of calls. */
export function amounts(
  { transitions, writeUnits, readUnits, events, emails, textParts, whatsappTemplates, whatsappTexts, calls }: Total,
  messages: number,
) {
  const { millisecondsPerCall, gigabytes, requestsPerMessage } = prices.assumed;
  return {
    transitions,
    writeUnits,
    readUnits,
    invocations: calls,
    gigabyteSeconds: (calls * gigabytes * millisecondsPerCall) / 1000,
    queueRequests: messages * requestsPerMessage,
    events,
    emails,
    textParts,
    whatsappTemplates,
    whatsappTexts,
  } satisfies Record<Item, number>;
}

/** An own price counts in place of the price in the file. */
export function bill(usage: Usage, region: string = prices.default, own: OwnPrices = {}): readonly Line[] {
  const { of } = pricesIn(region);
  const messages = (usage.calls["trigger-matcher"] ?? 0) + (usage.calls["message-status"] ?? 0);
  return (Object.entries(amounts(total(usage), messages)) as [Item, number][]).map(([item, amount]) => ({
    item,
    amount,
    ...(amount === 0 ? { dollars: 0 } : priced(item, amount, of, own)),
  }));
}

function priced(item: Item, amount: number, of: Partial<Record<Item, number>>, own: OwnPrices): Pick<Line, "dollars"> {
  const given = own[item as OwnItem];
  if (given !== undefined) return { dollars: amount * given };
  const listed = of[item];
  return listed === undefined ? {} : { dollars: (amount * listed) / prices.per };
}

/** The sum of the lines that have a price. */
export const dollars = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + (line.dollars ?? 0), 0);

/** A sum over many customers. `unpriced`: the amounts that are missing in the dollars, by item. */
export interface CostSum {
  dollars: number;
  readonly unpriced: Record<string, number>;
}

export function addCost(sum: CostSum, usage: Usage, own: OwnPrices): void {
  const lines = bill(usage, prices.default, own);
  sum.dollars += dollars(lines);
  for (const { item, amount, dollars } of lines)
    if (dollars === undefined) sum.unpriced[item] = (sum.unpriced[item] ?? 0) + amount;
}

/** The items that are missing in the sum, because nobody has given their price. */
export const unpriced = (lines: readonly Line[]): readonly Item[] =>
  lines.flatMap((line) => (line.dollars === undefined ? line.item : []));
