/** The messages to the dead-letter queue, and the delayed messages to the function's own queue. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deadLetters } from "../../lambdas/adapters/dead-letters.ts";
import { inbox } from "../../lambdas/adapters/inbox.ts";
import { Fault, Loopback } from "../wired/aws/loopback.ts";

let aws: Loopback;
let queue: string;
beforeAll(async () => {
  aws = await Loopback.start(1);
  queue = `${process.env.AWS_ENDPOINT_URL}/queue`;
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const problem = (path: string) => ({ path, code: "wrong", message: "It is wrong." });

test("a dead letter contains the delivery unchanged, and a line for each problem", async () => {
  await deadLetters(queue).put('{ "not": JSON', [problem("detail.a"), problem("")]);
  expect(aws.of("SendMessage")).toEqual([
    {
      QueueUrl: queue,
      MessageBody: '{ "not": JSON',
      MessageAttributes: {
        reason: { DataType: "String", StringValue: "detail.a: wrong: It is wrong.\n: wrong: It is wrong." },
      },
    },
  ]);
});

test("a long reason is cut, so that the message stays below the size limit", async () => {
  await deadLetters(queue).put(
    "{}",
    Array.from({ length: 1_000 }, () => problem("detail")),
  );
  const [{ MessageAttributes } = {}] = aws.of("SendMessage");
  const { StringValue } = (MessageAttributes as { reason: { StringValue: string } }).reason;
  expect(StringValue).toHaveLength(2_000);
});

test("a reason holds no character that SQS refuses, so that hostile names cannot keep an event out of the queue", async () => {
  const esc = String.fromCharCode(0x1b);
  const halfPairs = "\u{1f600}".repeat(1_100);
  await deadLetters(queue).put("{}", [problem(`detail.${esc}[2J\uffff\ud800`)]);
  await deadLetters(queue).put("{}", [problem(`x${halfPairs}`)]);
  const reasons = aws
    .of("SendMessage")
    .map(({ MessageAttributes }) => (MessageAttributes as { reason: { StringValue: string } }).reason.StringValue);
  expect(reasons[0]).toBe("detail.\ufffd[2J\ufffd\ufffd: wrong: It is wrong.");
  expect(reasons[1]?.isWellFormed()).toBe(true);
});

test.each([120, 780, 900])("a delivery is sent again unchanged, delayed by %i seconds", async (seconds) => {
  await inbox(queue, "https://sqs.example/entries").requeue('{"onceMore":true}', seconds);
  expect(aws.of("SendMessage")).toEqual([{ QueueUrl: queue, MessageBody: '{"onceMore":true}', DelaySeconds: seconds }]);
});

test.each([
  ["the dead-letter queue", () => deadLetters(queue).put("{}", [])],
  ["the function's own queue", () => inbox(queue, "https://sqs.example/entries").requeue("{}", 1)],
])("an error of %s is thrown", async (_, send) => {
  aws.fail("SendMessage", new Fault("AccessDenied", "no rights"));
  await expect(send()).rejects.toThrow("SQS answered AccessDenied.");
});
