/** The stored audience runs, in the counters table: see `run-keys.ts`. */
import { PutCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Runs } from "../../app/run-ports.ts";
import type { RunRef } from "../../domain/schedule/audience-run.ts";
import type { Turns } from "../../domain/schedule/run-rate.ts";
import type { RunCounts, RunEntry, RunPart, RunRecord, RunState } from "../../domain/schedule/run-record.ts";
import { plus, type Time } from "../../domain/time/time.ts";
import { dynamodb, itemAt, queried, translated } from "../dynamodb/client.ts";
import { type Item, ttlOf } from "../dynamodb/customer-items.ts";
import {
  ASKED_END,
  askedFrom,
  listKey,
  partKey,
  RUN_KEPT,
  recordKey,
  runCountsKey,
  runsPartition,
  turnsKey,
  UNDER_WAY,
  underWayKey,
} from "../dynamodb/run-keys.ts";
import { COUNTER_SHARDS, revised } from "../dynamodb/writes.ts";
import { conditionHeld } from "./conditional-write.ts";
import { dynamodbRunRecords, toRun } from "./run-records.ts";
import { askedItem, beginning, changed, newRecord } from "./run-writes.ts";

type Key = Readonly<Record<"journey" | "scope", string>>;

export function dynamodbRuns(TableName: string, now: () => Time): Runs {
  const ttl = () => ttlOf(plus(now(), RUN_KEPT));

  const get = (key: Key): Promise<Item | undefined> => itemAt(TableName, key);

  const partition = (journey: string) =>
    Array.fromAsync(
      queried({
        TableName,
        KeyConditionExpression: "journey = :journey",
        ExpressionAttributeValues: { ":journey": journey },
        ConsistentRead: true,
      }),
    );

  /** Stores an item with the revision after the stored one. */
  const putRevised = (item: Item, revision: number) =>
    translated(dynamodb.send(new PutCommand(revised(TableName, item, revision))));

  /** Whether the run was not stored before. */
  const putNew = (run: RunRecord) => {
    const Item = newRecord(run, now());
    const put = { TableName, Item, ConditionExpression: "attribute_not_exists(runId)" };
    return conditionHeld(() => dynamodb.send(new PutCommand(put)));
  };

  const markOf = (run: RunRecord) => ({ TableName, Item: askedItem(run, now()) });

  const { get: record } = dynamodbRunRecords(TableName);

  const withState = async (state: RunState, refs: readonly RunRef[]) =>
    (await Promise.all(refs.map(record))).filter((run): run is RunRecord => run?.state === state);

  /** If the run is not stored (any more), nothing is written. */
  const update = (Key: Key, set: Readonly<Record<string, unknown>>) =>
    conditionHeld(() => dynamodb.send(new UpdateCommand(changed(TableName, Key, set))));

  return {
    get: record,

    async begin(run) {
      const before = (await get(underWayKey(run.journeyId)))?.runId as string | undefined;
      if (before !== undefined && before !== run.runId) {
        const other = await record({ journeyId: run.journeyId, runId: before });
        if (other?.state === "under-way") return other;
      }
      const isStored = (await record(run)) !== undefined;
      const begun = new TransactWriteCommand(beginning(TableName, run, now(), { isStored, before }));
      await translated(dynamodb.send(begun));
      return undefined;
    },

    async note(run) {
      const { state, skippedFor } = run;
      if (state === "asked") await conditionHeld(() => dynamodb.send(new PutCommand(markOf(run))));
      if (await putNew(run)) return;
      if ((await record(run))?.state === "asked")
        await update(recordKey(run), { state, ...(skippedFor !== undefined && { skippedFor }) });
    },

    cancel: async (ref, at) => void (await update(recordKey(ref), { cancelledAt: at })),

    /** The pointer still names this run, but a run that has ended does not prevent another. */
    async end(ref, at, { result, waiting }) {
      await update(recordKey(ref), { state: "ended", endedAt: at, result, undecided: waiting });
    },

    ofJourney: async (journeyId) =>
      (await partition(runsPartition(journeyId))).map(toRun).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),

    async underWay() {
      const pointers = (await partition(UNDER_WAY)).filter(({ scope }) => !String(scope).startsWith(askedFrom("")));
      const refs = pointers.map(({ scope, runId }): RunRef => ({ journeyId: String(scope), runId: String(runId) }));
      return withState("under-way", refs);
    },

    async asked(since) {
      const items = queried({
        TableName,
        KeyConditionExpression: "journey = :journey AND #scope BETWEEN :since AND :end",
        ExpressionAttributeNames: { "#scope": "scope" },
        ExpressionAttributeValues: { ":journey": UNDER_WAY, ":since": askedFrom(since), ":end": ASKED_END },
        ConsistentRead: true,
      });
      return withState("asked", (await Array.fromAsync(items)) as unknown as readonly RunRef[]);
    },

    async part({ runId }, part) {
      const item = await get(partKey(runId, part));
      return item && toPart(item);
    },

    putPart: async (part) =>
      void (await putRevised({ ...part, ...partKey(part.runId, part.part), ttl: ttl() }, part.revision)),

    async counts({ runId }) {
      const shards = Array.from({ length: COUNTER_SHARDS }, (_, shard) => get(runCountsKey(runId, shard)));
      const counts: Partial<Record<RunEntry["outcome"], number>> = {};
      for (const item of await Promise.all(shards)) {
        const { journey: _, scope: __, ttl: ___, ...counted } = item ?? {};
        for (const [outcome, count] of Object.entries(counted) as [RunEntry["outcome"], number][])
          counts[outcome] = (counts[outcome] ?? 0) + count;
      }
      return counts satisfies RunCounts;
    },

    list: async ({ runId }, part) => ((await get(listKey(runId, part)))?.customerIds ?? []) as readonly string[],

    async turns({ runId }) {
      const item = await get(turnsKey(runId));
      return item && toTurns(item);
    },

    putTurns: async ({ runId }, turns) =>
      void (await putRevised({ ...turns, ...turnsKey(runId), ttl: ttl() }, turns.revision)),
  };
}

/** A part of the list that a person gave. */
export function listItem(runId: string, part: number, customerIds: readonly string[], startedAt: Time): Item {
  return { ...listKey(runId, part), customerIds, ttl: ttlOf(plus(startedAt, RUN_KEPT)) };
}

function toPart({ journey: _, scope: __, ttl: ___, ...part }: Item): RunPart {
  return part as unknown as RunPart;
}

function toTurns({ journey: _, scope: __, ttl: ___, ...turns }: Item): Turns {
  return turns as unknown as Turns;
}
