/** Reads the index of active enrollments, in which each journey has several shards. */
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { activeShard } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { ACTIVE_INDEX } from "../../lambdas/adapters/dynamodb/indexes.ts";
import { parts } from "../../lambdas/domain/enrollment/part.ts";
import type { Connection } from "./connection.ts";

type Tables = Pick<Connection, "output" | "items">;

/** Which enrollments of a shard are meant. */
type InShard = (shard: string) => Partial<QueryCommandInput>;

/** Counts enrollments of a journey. Reads one page of each shard; `more`: there are further pages. */
export async function countActive(tables: Tables, journeyId: string, inShard: InShard) {
  const pages = await eachShard(tables, journeyId, inShard, { Select: "COUNT" });
  return {
    count: pages.reduce((sum, { Count = 0 }) => sum + Count, 0),
    more: pages.some(({ LastEvaluatedKey }) => LastEvaluatedKey !== undefined),
  };
}

/** The earliest due time among enrollments of a journey. */
export async function firstDue(tables: Tables, journeyId: string, inShard: InShard): Promise<string | undefined> {
  const firsts = await eachShard(tables, journeyId, inShard, { Limit: 1 });
  return firsts
    .flatMap(({ Items = [] }) => Items.map(({ dueAt }) => String(dueAt)))
    .sort()
    .at(0);
}

function eachShard(tables: Tables, journeyId: string, inShard: InShard, more: Partial<QueryCommandInput>) {
  return Promise.all(
    parts.map((part) =>
      tables.items.send(
        new QueryCommand({
          TableName: tables.output("CustomersTableName"),
          IndexName: ACTIVE_INDEX,
          ...inShard(activeShard(journeyId, part)),
          ...more,
        }),
      ),
    ),
  );
}
