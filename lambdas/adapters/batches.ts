/** Handles each record of a batch by itself, so that AWS delivers only the failed records again. */
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from "aws-lambda";
import { logger, observed } from "./observed.ts";

export function eachMessage(handle: (record: SQSRecord) => Promise<unknown>) {
  const processor = new BatchProcessor(EventType.SQS, { logger });
  return observed((event: SQSEvent) =>
    processPartialResponse(event, withLoggedErrors(handle), processor, { throwOnFullBatchFailure: false }),
  );
}

export function eachStreamRecord(handle: (record: DynamoDBRecord) => Promise<unknown>) {
  const processor = new BatchProcessor(EventType.DynamoDBStreams, { logger });
  return observed((event: DynamoDBStreamEvent) =>
    processPartialResponse(event, withLoggedErrors(handle), processor, { throwOnFullBatchFailure: false }),
  );
}

/** Logs the name and the reason of a record's error, and nothing of the record. */
function withLoggedErrors<R>(handle: (record: R) => Promise<unknown>) {
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
