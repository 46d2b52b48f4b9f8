/**
 * The circuit breaker of each journey is an item in the counters table. Before a send, advance reads it through a cache
 * that is at most `freshFor` milliseconds old.
 */

import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Breakers } from "../../app/ports.ts";
import { type Breaker, type Hold, newBreaker } from "../../domain/counters/breaker.ts";
import { wholeName } from "../../domain/counters/counter-items.ts";
import { counterName, parseCounterName } from "../../domain/counters/counter-name.ts";
import type { Counts } from "../../domain/counters/counts.ts";
import { dynamodb, itemAt, queried, translated } from "./client.ts";
import { readable } from "./items/item-format.ts";
import { counterKeys, revised } from "./writes.ts";

/** No shard of the counters has this key: a shard's key contains a `#`. */
export const breakerKey = (journeyId: string) => ({ journey: journeyId, scope: "breaker" });

/** `freshFor`: for how many milliseconds a function may overlook that a breaker has opened. */
export function dynamodbBreakers(table: string, freshFor: number): Breakers {
  const holds = new Map<string, { readonly readAt: number; readonly hold: Hold | undefined }>();

  async function get(journeyId: string): Promise<Breaker> {
    const item = await itemAt(table, breakerKey(journeyId));
    if (!item) return newBreaker(journeyId);
    const { journey: _, scope: __, ...breaker } = readable("breaker", item);
    return { ...(breaker as Omit<Breaker, "journeyId">), journeyId };
  }

  return {
    get,

    async hold(journeyId) {
      const readAt = performance.now();
      const known = holds.get(journeyId);
      if (known && readAt - known.readAt < freshFor) return known.hold;
      const { held: hold } = await get(journeyId);
      holds.set(journeyId, { readAt, hold });
      return hold;
    },

    async counts(journeyId) {
      return summed((await Promise.all(counterKeys(journeyId).map(shardOf))).flat());
    },

    async put({ journeyId, ...breaker }) {
      const item = { ...breaker, ...breakerKey(journeyId) };
      await translated(dynamodb.send(new PutCommand(revised(table, item, breaker.revision))));
    },
  };

  function shardOf(shard: string): Promise<Record<string, unknown>[]> {
    const items = queried({
      TableName: table,
      KeyConditionExpression: "journey = :shard",
      ExpressionAttributeValues: { ":shard": shard },
      ConsistentRead: true,
    });
    return Array.fromAsync(items);
  }
}

/** Adds up the items of a journey's counters. Counts whose sum is zero are left out. */
export function summed(items: readonly Record<string, unknown>[]): Counts {
  const sum: Record<string, number> = {};
  for (const { journey: _, scope, ...counts } of items)
    for (const [name, count] of Object.entries(counts)) {
      const full = currentName(wholeName(String(scope), name));
      sum[full] = (sum[full] ?? 0) + Number(count);
    }
  return Object.fromEntries(Object.entries(sum).filter(([, count]) => count !== 0));
}

/** A counter of an earlier release has the reason code of that release in its name. */
function currentName(stored: string): string {
  const counter = parseCounterName(stored);
  return counter ? counterName(counter) : stored;
}
