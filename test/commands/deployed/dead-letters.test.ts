/** Dead-letter queues and the bucket for failures: the request of each call, and how the answer is read. */
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { s3FailureBucket } from "../../../stack/deployed/failure-bucket.ts";
import { recorded } from "./recorded.ts";
import { settings, stack } from "./services.ts";

const bytes = (text: string) => ({ transformToString: () => text });

describe("a dead-letter queue", () => {
  const [events, statuses, tasks, runs, ...more] = stack.deadLetterQueues();
  const letter = { messageId: "m-1", body: "b", receipt: "r-1", attributes: {}, sentAt: undefined };

  test("exists for events, for reports, for status tasks and for audience runs", () => {
    const names = [events, statuses, tasks, runs].map((queue) => queue?.name);
    expect([...names, more]).toEqual(["events", "statuses", "status tasks", "audience runs", []]);
  });

  test("counts its messages", async () => {
    const calls = recorded(stack.queues, {
      GetQueueAttributesCommand: { Attributes: { ApproximateNumberOfMessages: "12" } },
    });
    expect(await events?.size()).toBe(12);
    expect(calls[0]?.input).toEqual({
      QueueUrl: "https://events-dead",
      AttributeNames: ["ApproximateNumberOfMessages"],
    });
  });

  test("returns ten messages, hidden for two minutes, each with its reason and time", async () => {
    const message = {
      MessageId: "m-1",
      Body: "b",
      ReceiptHandle: "r-1",
      Attributes: { SentTimestamp: "1767603600000" },
      MessageAttributes: { reason: { StringValue: "why", DataType: "String" } },
    };
    const calls = recorded(stack.queues, {
      ReceiveMessageCommand: [{ Messages: [message, { MessageId: "m-2" }] }, {}],
    });
    expect(await events?.receive()).toEqual([
      {
        messageId: "m-1",
        body: "b",
        receipt: "r-1",
        attributes: { reason: "why" },
        sentAt: "2026-01-05T09:00:00.000Z",
      },
      { messageId: "m-2", body: "", receipt: "", attributes: {}, sentAt: undefined },
    ]);
    expect(await events?.receive()).toEqual([]);
    expect(calls[0]?.input).toEqual({
      QueueUrl: "https://events-dead",
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 120,
      WaitTimeSeconds: 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["SentTimestamp"],
    });
  });

  test("sends a message to its source queue and deletes it from the dead-letter queue", async () => {
    const calls = recorded(stack.queues, { SendMessageCommand: {}, DeleteMessageCommand: {} });
    for (const queue of [events, statuses]) {
      await queue?.resend(letter);
      await queue?.delete(letter);
    }
    expect(calls).toEqual([
      { name: "SendMessageCommand", input: { QueueUrl: "https://events", MessageBody: "b" } },
      { name: "DeleteMessageCommand", input: { QueueUrl: "https://events-dead", ReceiptHandle: "r-1" } },
      { name: "SendMessageCommand", input: { QueueUrl: "https://statuses", MessageBody: "b" } },
      { name: "DeleteMessageCommand", input: { QueueUrl: "https://statuses-dead", ReceiptHandle: "r-1" } },
    ]);
  });

  test("makes messages visible at once, ten in a request", async () => {
    const calls = recorded(stack.queues, { ChangeMessageVisibilityBatchCommand: {} });
    await events?.putBack(Array.from({ length: 12 }, (_, n) => ({ ...letter, receipt: `r-${n}` })));
    await events?.putBack([]);
    const entries = calls.map(({ input }) => input.Entries as { ReceiptHandle: string }[]);
    expect(entries.map(({ length }) => length)).toEqual([10, 2]);
    expect(entries[1]).toEqual([
      { Id: "0", ReceiptHandle: "r-10", VisibilityTimeout: 0 },
      { Id: "1", ReceiptHandle: "r-11", VisibilityTimeout: 0 },
    ]);
    expect(calls[0]?.input.QueueUrl).toBe("https://events-dead");
  });
});

describe("the bucket for failures", () => {
  const objects = new S3Client(settings);
  const functions = new LambdaClient(settings);
  const bucket = s3FailureBucket(stack, { objects, functions });

  test("lists the objects that Lambda wrote, from all pages, the oldest first", async () => {
    const object = (Key: string, hour: number) => ({ Key, LastModified: new Date(Date.UTC(2026, 0, 5, hour)) });
    const calls = recorded(objects, {
      ListObjectsV2Command: [
        { Contents: [object("new", 12), object("old", 9)], NextContinuationToken: "more", IsTruncated: true },
        { Contents: [object("middle", 10)] },
      ],
    });
    expect(await bucket.keys()).toEqual(["old", "middle", "new"]);
    expect(calls.map(({ input }) => input)).toMatchObject([
      { Bucket: "failures", Prefix: "aws/lambda/" },
      { Bucket: "failures", Prefix: "aws/lambda/", ContinuationToken: "more" },
    ]);
  });

  test("reads an object, and returns undefined for a deleted object", async () => {
    const gone = Object.assign(new Error("gone"), { name: "NoSuchKey" });
    const denied = Object.assign(new Error("no"), { name: "AccessDenied" });
    const calls = recorded(objects, { GetObjectCommand: [{ Body: bytes("text") }, gone, denied] });
    expect(await bucket.read("k")).toBe("text");
    expect(await bucket.read("k")).toBeUndefined();
    await expect(bucket.read("k")).rejects.toBe(denied);
    expect(calls[0]?.input).toEqual({ Bucket: "failures", Key: "k" });
  });

  test("deletes an object", async () => {
    const calls = recorded(objects, { DeleteObjectCommand: {} });
    await bucket.delete("k");
    expect(calls).toEqual([{ name: "DeleteObjectCommand", input: { Bucket: "failures", Key: "k" } }]);
  });

  test("invokes the exit-evaluator with records, and reads its answer or its error", async () => {
    const record = { eventSourceARN: "arn", dynamodb: { SequenceNumber: "1", Keys: {} } };
    const calls = recorded(functions, {
      InvokeCommand: [{ Payload: bytes("{}") }, { Payload: bytes("oops"), FunctionError: "Unhandled" }, {}],
    });
    expect(await bucket.evaluate([record])).toEqual({ text: "{}", error: undefined });
    expect(await bucket.evaluate([record])).toEqual({ text: "oops", error: "Unhandled" });
    expect(await bucket.evaluate([record])).toEqual({ text: "", error: undefined });
    expect(calls[0]?.input).toEqual({
      FunctionName: "exit-evaluator",
      Payload: JSON.stringify({ Records: [record] }),
    });
  });
});

test("the stack creates the bucket and the services", async () => {
  expect(Object.keys(await stack.failureBucket())).toContain("evaluate");
  expect(Object.keys(await stack.health())).toContain("overdue");
});
