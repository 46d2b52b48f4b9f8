/**
 * An error of a service may quote its input, such as a recipient's address. The error that leaves an adapter has the name
 * of the service's error and our words; only its cause has the text, and nothing logs a cause.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deadLetters } from "../../lambdas/adapters/dead-letters.ts";
import { dynamodbStore } from "../../lambdas/adapters/dynamodb/customers/store.ts";
import { eventBridge } from "../../lambdas/adapters/event-bridge.ts";
import { inbox } from "../../lambdas/adapters/inbox.ts";
import { secretOf } from "../../lambdas/adapters/secret.ts";
import { ses } from "../../lambdas/adapters/ses.ts";
import { stepFunctions } from "../../lambdas/adapters/step-functions.ts";
import { unsubscriptionWriter } from "../../lambdas/adapters/unsubscribing/unsubscription-writer.ts";
import { Fault, Loopback } from "../wired/aws/loopback.ts";

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start(1);
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const ADDRESS = "ada.lovelace@mail.example";
const ref = { customerId: "c-1", enrollmentId: "e" };
const message = {
  template: "t",
  channel: "email",
  class: "marketing",
  to: ADDRESS,
  from: "shop@shop.example",
  replyTo: [],
  subject: "s",
  text: "x",
} as const;
const event = { name: "n", id: "e", customerId: "c-1", time: "2026-01-05T10:00:00.000Z", data: {}, hops: 0 };
const store = () =>
  dynamodbStore({
    customers: "c",
    counters: "n",
    eventRetentionDays: 1,
    now: () => event.time,
    journeyIds: async () => [],
  } as Parameters<typeof dynamodbStore>[0]);
const stored = { kind: "event", event: { ...event, deliveryId: "d", system: false }, watched: false } as const;
const machines = () => stepFunctions("arn:aws:states:eu-central-1:1:stateMachine:m");
const queue = () => `${process.env.AWS_ENDPOINT_URL}/queue`;

const calls: Record<string, [operation: string, call: () => Promise<unknown>]> = {
  "SES sends": [
    "SendEmail",
    () => ses("set").send(message, { ...ref, journeyId: "j", componentId: "c", messageId: "m" }),
  ],
  "the bus publishes": ["PutEvents", () => eventBridge("bus").publish([event])],
  "an execution starts": ["StartExecution", () => machines().start(ref, 1)],
  "an execution stops": ["StopExecution", () => machines().stop(ref, 1)],
  "an execution wakes": ["SendTaskSuccess", () => machines().signal("token")],
  "a delivery is put aside": ["SendMessage", () => deadLetters(queue()).put("{}", [])],
  "a delivery is sent again": ["SendMessage", () => inbox(queue(), queue()).requeue("{}", 1)],
  "a secret is read": ["GetSecretValue", () => secretOf("arn")],
  "an unsubscription is handed over": [
    "Invoke",
    () => unsubscriptionWriter("writer")({ token: ADDRESS, everything: false }),
  ],
  "a customer is read": ["GetItem", () => store().customer("c-1")],
  "an enrollment is listed": ["Query", () => store().enrollments("c-1")],
  "an event is stored": ["PutItem", () => store().commit([stored])],
  "a transaction is stored": ["TransactWriteItems", () => store().commit([stored, stored])],
};
const names = [
  "ValidationException",
  "ThrottlingException",
  "TooManyRequestsException",
  "AccessDeniedException",
  "InternalServerError",
  "TransactionCanceledException",
  "ConditionalCheckFailedException",
  "NewException",
];
const rows = Object.entries(calls).flatMap(([what, [operation, call]]) =>
  names.map((name) => [what, name, operation, call] as const),
);

test.each(rows)("%s: an error of %s quotes nothing of its input", async (_, name, operation, call) => {
  const quoted = `Address <${ADDRESS}> is wrong`;
  aws.fail(
    operation,
    new Fault(name, quoted, 400, { CancellationReasons: [{ Code: "ValidationError", Message: quoted }] }),
  );
  const error = (await call().catch((error: unknown) => error)) as Error;
  expect(error).toBeInstanceOf(Error);
  expect(`${error.name} ${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain("lovelace");
  expect((error.cause as Error).message).toBe(quoted);
});
