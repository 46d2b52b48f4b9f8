/** Translates the changes of one commit into DynamoDB writes, each with its condition. */
import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Change } from "../../app/store.ts";
import { byScope, WHOLE } from "../../domain/counters/counter-items.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { plus, type Time } from "../../domain/time/time.ts";
import { share } from "../../domain/values/hash.ts";
import {
  addressItem,
  customerItem,
  enrollmentItem,
  enrollmentKey,
  entryItem,
  eventItem,
  type Item,
  PROFILE,
  reasonItem,
  runEntryItem,
  sendsItem,
  ttlOf,
} from "./customer-items.ts";
import { RUN_KEPT, runCountsKey } from "./run-keys.ts";

export type Write = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

export interface WriteSettings {
  readonly customers: string;
  readonly counters: string;
  readonly eventRetentionDays: number;
  readonly now: () => Time;
}

/** The counts of one journey are spread over this many partitions, because one item takes at most 1,000 writes a second. */
export const COUNTER_SHARDS = 16;

const counterKey = (journeyId: string, shard: number) => `${journeyId}#${shard}`;

/** The partition keys of all items with counts of the journey. */
export function counterKeys(journeyId: string): string[] {
  return Array.from({ length: COUNTER_SHARDS }, (_, shard) => counterKey(journeyId, shard));
}

export function writesOf(changes: readonly Change[], settings: WriteSettings): Write[] {
  return changes.flatMap((change) =>
    (writers[change.kind] as (change: Change, settings: WriteSettings) => Write[])(change, settings),
  );
}

const writers: { [K in Change["kind"]]: (change: Extract<Change, { kind: K }>, settings: WriteSettings) => Write[] } = {
  event: ({ event, watched }, { customers, now, eventRetentionDays }) => [
    {
      Put: {
        TableName: customers,
        Item: { ...eventItem(event, now(), eventRetentionDays), ...(watched && { watched }) },
        ConditionExpression: "attribute_not_exists(sk)",
      },
    },
  ],
  customer: ({ customer }, { customers }) => over(customers, customerItem(customer)),
  unchanged: ({ customer: { customerId, revision } }, { customers }) => [
    {
      ConditionCheck: {
        TableName: customers,
        Key: { customerId, sk: PROFILE },
        ...(revision === 0
          ? { ConditionExpression: "attribute_not_exists(revision)" }
          : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": revision } }),
      },
    },
  ],
  sends: ({ sends }, { customers }) => over(customers, sendsItem(sends)),
  address: ({ facts }, { customers }) => over(customers, addressItem(facts)),
  enrollment: ({ enrollment }, { customers }) => over(customers, enrollmentItem(enrollment)),
  closing: ({ enrollment }, { customers }) => [
    { Delete: removed(customers, enrollment) },
    {
      Put: {
        TableName: customers,
        Item: enrollmentItem({ ...enrollment, closed: true }),
        ConditionExpression: "attribute_not_exists(sk)",
      },
    },
  ],
  removal: ({ enrollment }, { customers }) => [{ Delete: removed(customers, enrollment) }],
  entry: ({ entry }, { customers }) => over(customers, entryItem(entry)),
  reason: ({ reason }, { customers, now }) => [{ Put: { TableName: customers, Item: reasonItem(reason, now()) } }],
  considered: ({ entry }, { customers, counters }) => [
    { Put: { TableName: customers, Item: runEntryItem(entry), ConditionExpression: "attribute_not_exists(sk)" } },
    {
      Update: {
        TableName: counters,
        Key: runCountsKey(entry.runId, shardOf(entry.customerId)),
        UpdateExpression: "SET #ttl = :ttl ADD #outcome :one",
        ExpressionAttributeNames: { "#ttl": "ttl", "#outcome": entry.outcome },
        ExpressionAttributeValues: { ":ttl": ttlOf(plus(entry.time, RUN_KEPT)), ":one": 1 },
      },
    },
  ],
  counts: ({ journeyId, counts, shardKey: spread, singleItem: together }, { counters }) => {
    const journey = counterKey(journeyId, shardOf(spread));
    const scopes = together ? new Map([[WHOLE, counts]]) : byScope(counts);
    return [...scopes].map(([scope, added]) => {
      const names = Object.keys(added);
      return {
        Update: {
          TableName: counters,
          Key: { journey, scope },
          UpdateExpression: `ADD ${names.map((_, index) => `#n${index} :n${index}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
          ExpressionAttributeValues: Object.fromEntries(names.map((name, index) => [`:n${index}`, added[name]])),
        },
      };
    });
  },
};

const shardOf = (spread: string) => Math.floor((share(spread) * COUNTER_SHARDS) / 100);

/** The removal of an enrollment, on the condition that it still has this revision. */
function removed(
  TableName: string,
  { customerId, enrollmentId, closed, revision }: Enrollment,
): NonNullable<Write["Delete"]> {
  return {
    TableName,
    Key: { customerId, sk: enrollmentKey(enrollmentId, closed) },
    ConditionExpression: "revision = :revision",
    ExpressionAttributeValues: { ":revision": revision },
  };
}

/** The write of an item that holds its revision. */
const over = (table: string, item: Item): Write[] => [{ Put: revised(table, item, item.revision as number) }];

/** A write of an item, on the condition that the stored item has the revision before. */
export function revised(table: string, item: Item, revision: number): NonNullable<Write["Put"]> {
  return {
    TableName: table,
    Item: item,
    ...(revision === 1
      ? { ConditionExpression: "attribute_not_exists(revision)" }
      : { ConditionExpression: "revision = :before", ExpressionAttributeValues: { ":before": revision - 1 } }),
  };
}
