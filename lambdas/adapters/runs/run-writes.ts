/** The writes of audience runs, with their conditions. */
import type { TransactWriteCommandInput, UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { RunRecord, RunState } from "../../domain/schedule/run-record.ts";
import { plus, type Time } from "../../domain/time/time.ts";
import { type Item, ttlOf } from "../dynamodb/customer-items.ts";
import { ASKED_KEPT, askedKey, RECORD_KEPT, recordKey, underWayKey } from "../dynamodb/run-keys.ts";

interface Condition {
  readonly holds: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

const STORED: Condition = { holds: "attribute_exists(runId)" };
/** The state is the first attribute that the update sets. */
const NOT_OVER: Condition = {
  holds: "#n0 = :asked OR #n0 = :underWay",
  values: { ":asked": "asked", ":underWay": "under-way" } satisfies Record<string, RunState>,
};

export function newRecord(run: RunRecord, now: Time): Item {
  return { ...run, ...recordKey(run), ttl: ttlOf(plus(now, RECORD_KEPT)) };
}

/** Names a run that a person has asked for, until it has surely begun. */
export function askedItem(run: RunRecord, now: Time): Item {
  const { journeyId, runId } = run;
  return { ...askedKey(run), journeyId, runId, ttl: ttlOf(plus(now, ASKED_KEPT)) };
}

/** Changes attributes of an item. By default, the item must be stored. */
export function changed(
  TableName: string,
  Key: Readonly<Record<string, string>>,
  set: Readonly<Record<string, unknown>>,
  { holds, values }: Condition = STORED,
): UpdateCommandInput & { UpdateExpression: string } {
  const names = Object.keys(set);
  return {
    TableName,
    Key,
    UpdateExpression: `SET ${names.map((_, index) => `#n${index} = :n${index}`).join(", ")}`,
    ConditionExpression: holds,
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name, index) => [`:n${index}`, set[name]])),
      ...values,
    },
  };
}

/**
 * One transaction stores the pointer to the run that is under way, and the record of the run. The pointer must be as it
 * was read (`before`), so of two runs that begin at the same time one fails. A run that was stored before keeps its
 * other attributes: a person may cancel it at this moment.
 */
export function beginning(
  TableName: string,
  run: RunRecord,
  now: Time,
  { isStored, before }: { readonly isStored: boolean; readonly before: string | undefined },
): TransactWriteCommandInput {
  const { journeyId, runId, state, version, execution } = run;
  const pointer = {
    TableName,
    Item: { ...underWayKey(journeyId), runId },
    ...(before === undefined
      ? { ConditionExpression: "attribute_not_exists(runId)" }
      : { ConditionExpression: "runId = :before", ExpressionAttributeValues: { ":before": before } }),
  };
  const set = { state, version, ...(execution && { execution }) };
  const record = isStored
    ? { Update: changed(TableName, recordKey(run), set, NOT_OVER) }
    : { Put: { TableName, Item: newRecord(run, now), ConditionExpression: "attribute_not_exists(runId)" } };
  return { TransactItems: [{ Put: pointer }, record] };
}
