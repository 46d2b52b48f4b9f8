/** Reads a stored audience run. A file of its own, because the function that handles events needs nothing else of runs. */
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Runs } from "../../app/run-ports.ts";
import type { RunRecord } from "../../domain/schedule/run-record.ts";
import { dynamodb, translated } from "../dynamodb/client.ts";
import type { Item } from "../dynamodb/customer-items.ts";
import { recordKey } from "../dynamodb/run-keys.ts";

export function dynamodbRunRecords(TableName: string): Pick<Runs, "get"> {
  return {
    async get(ref) {
      const read = new GetCommand({ TableName, Key: recordKey(ref), ConsistentRead: true });
      const { Item } = await translated(dynamodb.send(read));
      return Item && toRun(Item);
    },
  };
}

/** Of its attributes, only the keys and the time to live are not the run's. */
export function toRun({ journey: _, scope: __, ttl: ___, ...run }: Item): RunRecord {
  return run as unknown as RunRecord;
}
