/**
 * What Lambda leaves in the bucket for failures when a stream's records were given up on: the record of the failed
 * call, with the whole event as a text in `payload`. Told without what is personal.
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
export type StreamRecord = StreamEvent["Records"][number];

/** The tables that are followed, by who follows them. */
export const followers = { customers: "exit-evaluator", journeys: "journey-publisher" } as const;
export type Followed = keyof typeof followers;

export interface GivenUp {
  readonly letter: DeadLetter;
  /** Absent when it is not what Lambda writes, or is about no table of this stack. */
  readonly event?: StreamEvent & { readonly of: Followed };
}

/** `tables`: their names. `key`: of the object, which ends in its time and a number of its own. */
export function givenUpOf(key: string, body: string, tables: Readonly<Record<Followed, string>>): GivenUp {
  const messageId = key.slice(key.lastIndexOf("/") + 1);
  const call = z.safeParse(invocation, parsed(body));
  const records = z.safeParse(event, call.success ? parsed(call.data.payload) : undefined);
  const [first] = records.success ? records.data.Records : [];
  const of = first && (Object.keys(tables) as Followed[]).find((name) => isOf(tables[name], first));
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
      what: `${Records.length} ${Records.length === 1 ? "record" : "records"} for ${followers[of]}`,
      ...(of === "customers" && only !== undefined && { customerId: only }),
      ...(of === "journeys" && only !== undefined && { journeyId: only }),
      ...(timestamp !== undefined && { time: timestamp, sentAt: timestamp }),
      records: Records.length,
      reason: reasonOf(requestContext, followers[of]),
      rejected: false,
    },
    event: { Records, of },
  };
}

const UNREADABLE = "not what Lambda writes about a table of this stack; it cannot be replayed";

function reasonOf(
  { condition = "", approximateInvokeCount }: z.infer<typeof invocation>["requestContext"],
  name: string,
) {
  const tries = approximateInvokeCount === undefined ? "" : ` after ${approximateInvokeCount} tries`;
  return `${conditions[condition] ?? (condition || "given up on")}${tries}; the log of ${name} says how`;
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
 * The records that a function says have failed, by number; all when it says something else. An answer without failures,
 * or none at all, is a success.
 */
export function failedOf(said: unknown, { Records }: StreamEvent): string[] {
  const numbers = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  if (said === null || said === undefined) return [];
  const read = z.safeParse(answer, said);
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
