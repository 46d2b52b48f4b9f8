/** A program that gives two batch handlers deliveries which they cannot read, for the test that reads what it logs. */
import type { Context, DynamoDBRecord, SQSRecord } from "aws-lambda";
import { eachMessage, eachStreamRecord } from "../../lambdas/adapters/batches.ts";
import { customerOf, imagesOf, storedChange } from "../../lambdas/adapters/dynamodb/stream-records.ts";
import { reportedStatus } from "../../lambdas/adapters/ses-events.ts";

const context = { functionName: "f", awsRequestId: "r", getRemainingTimeInMillis: () => 1000 } as Context;

const bodies = [
  "zaphod@mail.example is no JSON",
  '{"detail":{"subject":"Beeblebrox"}}',
  '{"time":"zaphod","detail":{"eventType":"Send"}}',
];
const reports = eachMessage(async ({ body }) => reportedStatus(JSON.parse(body), (time) => time));
const messages = bodies.map((body, n) => ({ messageId: String(n), body, attributes: {} }) as unknown as SQSRecord);
process.stdout.write(`${JSON.stringify(await reports({ Records: messages }, context))}\n`);

const broken = { customerId: { S: "c" }, sk: { S: "event#1" }, data: { S: "zaphod@mail.example" } };
const record = { eventID: "1", dynamodb: { SequenceNumber: "1", NewImage: broken } } as DynamoDBRecord;
const order = { of: customerOf, afterFailure: "continue" } as const;
const changes = eachStreamRecord(async (each) => storedChange(imagesOf(each)), order);
process.stdout.write(`${JSON.stringify(await changes({ Records: [record] }, context))}\n`);
