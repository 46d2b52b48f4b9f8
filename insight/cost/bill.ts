/** The bill for a usage, by the dated list prices in `prices.json`, without storage, logs, traces and free tiers. */
import prices from "./prices.json" with { type: "json" };
import { type Total, total, type Usage } from "./usage.ts";

export type Item = keyof (typeof prices.regions)["us-east-1"];

export interface Line {
  readonly item: Item;
  readonly amount: number;
  readonly dollars: number;
}

export const priceDate = prices.date;
/** Prices are for so many. */
export const PRICED = prices.per;
export const regions: readonly string[] = Object.keys(prices.regions);
export const defaultRegion = prices.default;

/** The prices of a region. `borrowed`: items for which the file has only the price of the default region. */
export function pricesIn(region: string): { of: Readonly<Record<Item, number>>; borrowed: readonly Item[] } {
  const own: Partial<Record<Item, number>> = prices.regions[region as keyof typeof prices.regions];
  const fallback = prices.regions[prices.default as "us-east-1"];
  const borrowed = (Object.keys(fallback) as Item[]).filter((item) => own[item] === undefined);
  return { of: { ...fallback, ...own }, borrowed };
}

/** The amounts of each item. Every record counts as its own batch, which is the maximum of calls. */
export function amounts(
  { transitions, writeUnits, readUnits, events, emails, textParts, calls }: Total,
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
  } satisfies Record<Item, number>;
}

/** `own`: prices of your own, each for the same number of units as the price in the file. */
export function bill(
  usage: Usage,
  region: string = prices.default,
  own: Partial<Record<Item, number>> = {},
): readonly Line[] {
  const of = { ...pricesIn(region).of, ...own };
  const messages = (usage.calls["trigger-matcher"] ?? 0) + (usage.calls["message-status"] ?? 0);
  return (Object.entries(amounts(total(usage), messages)) as [Item, number][]).map(([item, amount]) => ({
    item,
    amount,
    dollars: (amount * of[item]) / prices.per,
  }));
}

export const dollars = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.dollars, 0);
