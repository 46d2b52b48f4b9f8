/** Batches whose records succeed or fail each for itself: only what failed comes again. */
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from "aws-lambda";
import { logger, observed } from "./observed.ts";

export function eachMessage(handle: (record: SQSRecord) => Promise<unknown>) {
  const processor = new BatchProcessor(EventType.SQS, { logger });
  return observed((event: SQSEvent) =>
    processPartialResponse(event, told(handle), processor, { throwOnFullBatchFailure: false }),
  );
}

export function eachStreamRecord(handle: (record: DynamoDBRecord) => Promise<unknown>) {
  const processor = new BatchProcessor(EventType.DynamoDBStreams, { logger });
  return observed((event: DynamoDBStreamEvent) =>
    processPartialResponse(event, told(handle), processor, { throwOnFullBatchFailure: false }),
  );
}

/** Says in the log which error a record met; names and reasons, no content. */
function told<R>(handle: (record: R) => Promise<unknown>) {
  return async (record: R) => {
    try {
      await handle(record);
    } catch (error) {
      const { name, message } = error as Error;
      // What a parser says quotes what it has read.
      const reason = error instanceof SyntaxError ? "It is not JSON." : message;
      logger.warn("A record failed and will come again.", { name, reason });
      throw error;
    }
  };
}
