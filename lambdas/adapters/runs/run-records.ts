/**
 * Reads a stored audience run. This is a separate file, because the function that handles events needs nothing else
 * about runs.
 */
import type { Runs } from "../../app/run-ports.ts";
import type { RunRecord } from "../../domain/schedule/run-record.ts";
import { itemAt } from "../dynamodb/client.ts";
import type { Item } from "../dynamodb/customer-items.ts";
import { recordKey } from "../dynamodb/run-keys.ts";

export function dynamodbRunRecords(TableName: string): Pick<Runs, "get"> {
  return {
    async get(ref) {
      const item = await itemAt(TableName, recordKey(ref));
      return item && toRun(item);
    },
  };
}

/** All attributes of the item belong to the run, except the keys and the time to live. */
export function toRun({ journey: _, scope: __, ttl: ___, ...run }: Item): RunRecord {
  return run as unknown as RunRecord;
}
