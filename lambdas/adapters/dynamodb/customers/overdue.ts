/**
 * Reads overdue enrollments from the index `active`, so that every overdue enrollment is read sooner or later. With
 * many journeys, one query after the other would take longer than a run of the reconciler, so the queries run in
 * parallel. A run reads only the first page of each shard. Each run starts at another shard, and every second run reads
 * the newest enrollments first. So enrollments that fail in every run, and therefore stay the oldest, do not hide the
 * others.
 */

import type { EnrollmentRef } from "../../../app/store.ts";
import { type Time, toMilliseconds } from "../../../domain/time/time.ts";
import { queried } from "../client.ts";
import { enrollmentIdIn } from "../customer-items.ts";
import { ACTIVE_INDEX } from "../indexes.ts";

/** A partition of the index. A held journey has parked enrollments, which are due before every real time. */
export interface Shard {
  readonly name: string;
  readonly isHeld: boolean;
}

/** Sorts after the due time of a parked enrollment and before every real time. */
const FIRST_TIME = "1";
const AT_ONCE = 32;
const PAGE = 250;
/** The reconciler runs every five minutes. */
const RUN_MILLISECONDS = 300_000;
/** The golden ratio: its multiples spread the first shards of consecutive runs evenly. */
const STRIDE = 0.618_034;

/** The condition of a query for the overdue enrollments of a shard. */
export function isOverdue({ name, isHeld }: Shard, before: Time) {
  return {
    KeyConditionExpression: `active = :shard AND dueAt ${isHeld ? "BETWEEN :first AND" : "<"} :before`,
    ExpressionAttributeValues: { ":shard": name, ":before": before, ...(isHeld && { ":first": FIRST_TIME }) },
  };
}

export async function* overdueIn(
  TableName: string,
  shards: readonly Shard[],
  before: Time,
): AsyncGenerator<EnrollmentRef> {
  const run = Math.floor(toMilliseconds(before) / RUN_MILLISECONDS);
  const first = Math.floor(shards.length * ((run * STRIDE) % 1));
  const rotated = [...shards.slice(first), ...shards.slice(0, first)];
  for (let start = 0; start < rotated.length; start += AT_ONCE) {
    const pages = await Promise.all(rotated.slice(start, start + AT_ONCE).map((shard) => page(shard)));
    for (const { customerId, sk } of pages.flat())
      yield { customerId: customerId as string, enrollmentId: enrollmentIdIn(sk as string) };
  }

  async function page(shard: Shard): Promise<readonly Record<string, unknown>[]> {
    const items = queried({
      TableName,
      IndexName: ACTIVE_INDEX,
      ...isOverdue(shard, before),
      ScanIndexForward: run % 2 === 0,
      Limit: PAGE,
    });
    const found: Record<string, unknown>[] = [];
    for await (const item of items) if (found.push(item) === PAGE) break;
    return found;
  }
}
