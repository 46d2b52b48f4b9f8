/**
 * Batches in which each record succeeds or fails by itself. Lambda delivers only the failed records again.
 *
 * Messages of a queue run in parallel, because a queue has no order: what a function decides must not depend on it.
 * Records of a stream have an order. The records of one item run one after the other, in that order; different items
 * run in parallel.
 */
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from "aws-lambda";
import { logger, observed } from "./observed.ts";

export function eachMessage(handle: (record: SQSRecord) => Promise<unknown>) {
  const processor = new BatchProcessor(EventType.SQS, { logger });
  return observed((event: SQSEvent) =>
    processPartialResponse(event, logged(handle), processor, { throwOnFullBatchFailure: false }),
  );
}

export interface StreamOrder {
  /** The item, or the group of items, whose records must not overtake each other. */
  readonly of: (record: DynamoDBRecord) => string | undefined;
  /** `fail`: after a failed record, the later records of its item fail too and wait for it. */
  readonly afterFailure: "continue" | "fail";
}

export function eachStreamRecord(handle: (record: DynamoDBRecord) => Promise<unknown>, order: StreamOrder) {
  const run = logged(handle);
  return observed(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const groups = [...Map.groupBy(Records, order.of).values()];
    const failed = await Promise.all(groups.map((records) => failuresOf(records, run, order)));
    return {
      batchItemFailures: failed.flat().map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? "" })),
    };
  });
}

async function failuresOf(
  records: readonly DynamoDBRecord[],
  run: (record: DynamoDBRecord) => Promise<void>,
  { afterFailure }: StreamOrder,
): Promise<readonly DynamoDBRecord[]> {
  const failed: DynamoDBRecord[] = [];
  for (const [index, record] of records.entries())
    try {
      await run(record);
    } catch {
      if (afterFailure === "fail") return records.slice(index);
      failed.push(record);
    }
  return failed;
}

/** Logs the name and the reason of a record's error, and none of its content. */
function logged<R>(handle: (record: R) => Promise<unknown>) {
  return async (record: R) => {
    try {
      await handle(record);
    } catch (error) {
      const { name, message } = error as Error;
      // The message of a SyntaxError quotes the text, which may hold personal data.
      const reason = error instanceof SyntaxError ? "It is not JSON." : message;
      logger.warn("A record failed and will come again.", { name, reason });
      throw error;
    }
  };
}
