/** The events that Lambda passes to the functions: SQS batches, stream batches, and function URL requests. */
import type { DynamoDBRecord, DynamoDBStreamEvent, LambdaFunctionURLEvent, SQSEvent, SQSRecord } from "aws-lambda";

/** A batch of a queue. The records are named `message-0`, `message-1` and so on. */
export function batch(bodies: readonly unknown[], sentAt = Date.now()): SQSEvent {
  const Records = bodies.map((body, number) => ({
    messageId: `message-${number}`,
    eventSource: "aws:sqs",
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: { SentTimestamp: String(sentAt) },
  }));
  return { Records: Records as SQSRecord[] };
}

export function streamed(records: readonly DynamoDBRecord[]): DynamoDBStreamEvent {
  return { Records: [...records] };
}

/** The answer that makes Lambda retry these records of a batch. */
export const failures = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

/** An app's event as EventBridge delivers it. EventBridge's own time has whole seconds. */
export function published(name: string, detail: object, { id = "delivery-1", source = "shop" } = {}): object {
  const time = new Date().toISOString().replace(/\.\d+Z/, "Z");
  return { version: "0", id, source, "detail-type": name, time, account: "111122223333", detail };
}

/** A report of SES, as EventBridge delivers it. */
export function reported(eventType: string, tags: Readonly<Record<string, string>>, more: object = {}): object {
  const time = new Date().toISOString();
  const all = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  return { version: "0", id: "r", source: "aws.ses", time, detail: { eventType, mail: { tags: all }, ...more } };
}

export function opened(url: string, method: "GET" | "POST"): LambdaFunctionURLEvent {
  const queryStringParameters = Object.fromEntries(new URL(url).searchParams);
  return { queryStringParameters, requestContext: { http: { method } } } as unknown as LambdaFunctionURLEvent;
}
