/** The queue of the customers of audience runs: its messages hold ids only, and every customer gets there. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { entries } from "../../../lambdas/adapters/runs/entries.ts";
import { runDelivery, runDeliveryIn } from "../../../lambdas/domain/schedule/run-delivery.ts";
import { Fault, type Input, Loopback } from "../../wired/aws/loopback.ts";

let aws: Loopback;
let queue: string;
beforeAll(async () => {
  aws = await Loopback.start(1);
  queue = `${process.env.AWS_ENDPOINT_URL}/entries`;
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const ref = { journeyId: "j", runId: "j-1" };
const names = (count: number) => Array.from({ length: count }, (_, index) => `c-${index}`);
const batches = () => aws.of("SendMessageBatch").map(({ Entries }) => Entries as readonly Input[]);

test.each([
  [0, 0],
  [1, 1],
  [10, 1],
  [11, 2],
  [257, 26],
])("%d customers take %d requests of at most ten messages", async (count, requests) => {
  await entries(queue).add(ref, names(count));
  expect(batches()).toHaveLength(requests);
  expect(Math.max(0, ...batches().map(({ length }) => length))).toBeLessThanOrEqual(10);
  const sent = batches().flatMap((batch) => batch.map(({ MessageBody }) => runDeliveryIn(String(MessageBody))));
  expect(sent.map((delivery) => delivery?.customerId).sort()).toEqual(names(count).sort());
});

test("the messages of a batch differ in their ids and hold nothing of the run but ids", async () => {
  const whole = { ...ref, aim: { kind: "customers", customerIds: ["secret"] } };
  await entries(queue).add(whole, ["ünï 🙂", "c-2"]);
  expect(aws.of("SendMessageBatch")).toEqual([
    {
      QueueUrl: queue,
      Entries: [
        { Id: "0", MessageBody: runDelivery({ ...ref, customerId: "ünï 🙂" }) },
        { Id: "1", MessageBody: runDelivery({ ...ref, customerId: "c-2" }) },
      ],
    },
  ]);
});

test("a message that SQS did not take is an error, so that the page is sent again", async () => {
  aws.answer({ SendMessageBatch: () => ({ Successful: [], Failed: [{ Id: "0", Code: "InternalError" }] }) });
  await expect(entries(queue).add(ref, ["c-1"])).rejects.toThrow("SQS");
});

test.each(["ThrottlingException", "QueueDoesNotExist", "AccessDenied"])("%s is thrown", async (name) => {
  aws.fail("SendMessageBatch", new Fault(name));
  await expect(entries(queue).add(ref, ["c-1"])).rejects.toThrow(`SQS answered ${name}.`);
});
