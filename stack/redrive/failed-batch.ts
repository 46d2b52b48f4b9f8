/**
 * A failed batch: the object that Lambda writes to the bucket for failures after the last retry of a batch of stream
 * records. The object describes the failed call and holds the event as text in `payload`. The summary contains no
 * personal data.
 */
import * as z from "zod/mini";
import type { DeadLetter } from "./dead-letter.ts";

const invocation = z.object({
  requestContext: z.object({ condition: z.optional(z.string()), approximateInvokeCount: z.optional(z.number()) }),
  timestamp: z.optional(z.string()),
  payload: z.string(),
});

const event = z.object({
  Records: z
    .array(
      z.looseObject({
        eventSourceARN: z.string(),
        dynamodb: z.looseObject({
          SequenceNumber: z.string(),
          Keys: z.record(z.string(), z.record(z.string(), z.unknown())),
        }),
      }),
    )
    .check(z.minLength(1)),
});

type StreamEvent = z.infer<typeof event>;
type StreamRecord = StreamEvent["Records"][number];

/** The function that consumes the stream of each table. */
export const consumers = {
  customers: "exit-evaluator",
  journeys: "journey-publisher",
  templates: "journey-publisher",
} as const;
export type StreamTable = keyof typeof consumers;

export interface FailedBatch {
  readonly letter: DeadLetter;
  /** Absent when the object is not a failed batch, or belongs to no table of this stack. */
  readonly event?: StreamEvent & { readonly of: StreamTable };
}

/** `tables`: the names of the tables. `key`: the key of the object; its last part is unique. */
export function failedBatchOf(key: string, body: string, tables: Readonly<Record<StreamTable, string>>): FailedBatch {
  const messageId = key.slice(key.lastIndexOf("/") + 1);
  const call = z.safeParse(invocation, parsed(body));
  const records = z.safeParse(event, call.success ? parsed(call.data.payload) : undefined);
  const [first] = records.success ? records.data.Records : [];
  const of = first && (Object.keys(tables) as StreamTable[]).find((name) => isOf(tables[name], first));
  if (!call.success || !records.success || !of)
    return { letter: { messageId, queue: "streams", what: "?", reason: UNREADABLE, rejected: true } };
  const { Records } = records.data;
  const about = new Set(Records.map(({ dynamodb: { Keys } }) => text(Keys.customerId?.S ?? Keys.id?.S)));
  const [only] = about.size === 1 ? about : [];
  const { timestamp, requestContext } = call.data;
  return {
    letter: {
      messageId,
      queue: "streams",
      what: `${Records.length} ${Records.length === 1 ? "record" : "records"} for ${consumers[of]}`,
      ...(of === "customers" && only !== undefined && { customerId: only }),
      ...(of === "templates" && only !== undefined && { templateId: only }),
      ...(of === "journeys" && only !== undefined && { journeyId: only }),
      ...(timestamp !== undefined && { time: timestamp, sentAt: timestamp }),
      records: Records.length,
      reason: reasonOf(requestContext, consumers[of]),
      rejected: false,
    },
    event: { Records, of },
  };
}

const UNREADABLE = "this is not a failed batch of a table of this stack; the object cannot be replayed";

function reasonOf(
  { condition = "", approximateInvokeCount }: z.infer<typeof invocation>["requestContext"],
  name: string,
) {
  const tries = approximateInvokeCount === undefined ? "" : ` after ${approximateInvokeCount} tries`;
  return `${conditions[condition] ?? (condition || "failed")}${tries}; see the log of ${name}`;
}

const conditions: Readonly<Record<string, string>> = {
  RetryAttemptsExhausted: "failed",
  MaximumRecordAgeExceeded: "older than six hours",
};

function isOf(table: string, { eventSourceARN }: StreamRecord): boolean {
  return eventSourceARN.includes(`:table/${table}/`);
}

const answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/**
 * The sequence numbers of the records that failed, from the function's answer. An empty answer or one without failures
 * is a success; an answer that cannot be understood means that all records failed.
 */
export function failedOf(answered: unknown, { Records }: StreamEvent): string[] {
  const numbers = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  if (answered === null || answered === undefined) return [];
  const read = z.safeParse(answer, answered);
  if (!read.success) return numbers;
  const failed = read.data.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((number) => numbers.includes(number)) ? failed : numbers;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
