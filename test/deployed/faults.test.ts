/** Faults on the deployed stack: duplicates, unreadable records, lost executions. */
import { SFNClient, StopExecutionCommand } from "@aws-sdk/client-sfn";
import {
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../stack/deployed/stack.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

let run: Running;
beforeAll(async () => {
  run = await running();
  const template = { id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" };
  await run.stack.put("TemplatesTableName", template);
  for (const document of [mailed, staying, timed])
    expect(await run.stack.save(document)).toMatchObject({ state: "published" });
  await run.untilFunctionsLookAgain();
}, 180_000);
afterAll(() => run?.stop(), 60_000);

const journey = (id: string, components: Item, parts: Item = {}) => ({
  id,
  name: id,
  status: "active",
  trigger: { event: `go.${id}`, entry: "always" },
  start: Object.keys(components)[0],
  components,
  ...parts,
});
const mailed = journey("mailed", {
  mail: { type: "sendTemplate", template: "hello", next: "read" },
  read: { type: "messageStatusRule", message: "mail", status: "read", within: "P5D", met: "yes" },
  yes: { type: "addTag", tags: ["read"] },
});
const staying = journey("staying", { stay: { type: "wait", for: "P9D" } }, { exit: [{ id: "out", event: "leave" }] });
const timed = journey("timed", {
  rest: { type: "wait", for: "PT6H", next: "tag" },
  tag: { type: "addTag", tags: ["rested"] },
});

let people = 0;
const somebody = () => `f-${people++}`;
const go = (id: string, customerId: string, more: Item = {}) =>
  run.stack.publish(`go.${id}`, { customerId, customer: { email: `${customerId}@mail.example` }, ...more });
const becomes = (customerId: string, what: string, is: (enrollment: Enrollment) => unknown) =>
  until(`${customerId} ${what}`, async () => (await run.stack.enrollments(customerId)).find(is), {
    instead: () => run.stack.enrollments(customerId),
  });
const ended = (customerId: string) => becomes(customerId, "to end", ({ status }) => status !== "active");
const sorted = async (customerId: string, kind: string) =>
  (await run.stack.customer(customerId)).filter(({ sk }) => String(sk).startsWith(`${kind}#`));

describe("everything twice", () => {
  test("an event published four times at once leads to one entry and one mail", async () => {
    const who = somebody();
    await Promise.all([1, 2, 3, 4].map(() => go("mailed", who, { id: "same" })));
    await becomes(who, "to wait for the status", ({ position }) => position.waiting?.token);
    await until("three reasons", async () => (await sorted(who, "reason")).length === 3);
    expect((await sorted(who, "reason")).map(({ reason }) => reason)).toEqual(Array(3).fill("duplicate-event"));
    expect(await run.stack.enrollments(who)).toHaveLength(1);
    expect(await run.inbox(`${who}@mail.example`)).toHaveLength(1);
  });

  test("a report that comes four times at once counts once and wakes the customer once", async () => {
    const before = (await run.stack.counts("mailed"))["message.mail.read"] ?? 0;
    const who = somebody();
    await go("mailed", who);
    await becomes(who, "to wait for the status", ({ position }) => position.waiting?.token);
    const [mail] = await run.inbox(`${who}@mail.example`);
    if (!mail) throw new Error("There is no mail.");
    await Promise.all([1, 2, 3, 4].map(() => run.reads(mail)));
    expect((await ended(who)).steps.map(({ outcome }) => outcome)).toEqual(["done", "met", "done"]);
    expect((await run.stack.counts("mailed"))["message.mail.read"]).toBe(before + 1);
    expect((await run.stack.get("CustomersTableName", { customerId: who, sk: "profile" }))?.tags).toEqual(["read"]);
  });
});

test("unreadable records, put into the table by hand, do not delay other records", async () => {
  const people = [somebody(), somebody(), somebody()];
  for (const who of people) await go("staying", who);
  for (const who of people) await becomes(who, "to wait", ({ position }) => position.waiting);
  const poison = [
    { customerId: people[0], sk: "event#poison", name: "leave", id: "poison", time: "never", data: "{{{" },
    { customerId: people[1], sk: "enrollment#poison", status: 7, messages: "none" },
    { customerId: "nobody", sk: "profile", tags: 5, attributes: "none" },
  ];
  await Promise.all([
    ...poison.map((item) => run.stack.put("CustomersTableName", item as Item)),
    ...people.map((who) => run.stack.publish("leave", { customerId: who })),
  ]);
  for (const who of people)
    expect(await becomes(who, "to leave", ({ status }) => status === "exited")).toMatchObject({ reason: "out" });
});

/** Calls a function of the stack as its schedule does. */
async function invoke(part: string): Promise<number> {
  const { endpoint, region, credentials } = run.engine.client;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
  };
  const listed = await fetch(`${endpoint}/2015-03-31/functions/`, { headers });
  const { Functions } = (await listed.json()) as { Functions: { FunctionName: string }[] };
  const name = Functions.find(({ FunctionName }) => FunctionName.includes(part))?.FunctionName;
  const answer = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: "POST",
    headers,
    body: "{}",
  });
  return answer.status;
}

test("an execution that was stopped from outside: the reconciler starts another that goes on from the same place", async () => {
  const machines = new SFNClient(run.engine.client);
  const arn = run.stack.output("StateMachineArn");
  const who = somebody();
  await go("timed", who);
  const { enrollmentId } = await becomes(who, "to wait", ({ position }) => position.waiting);
  const executionArn = `${arn.replace(":stateMachine:", ":execution:")}:${enrollmentId}-1`;
  await machines.send(new StopExecutionCommand({ executionArn }));
  // Six hours take six seconds here; five minutes later the enrollment is overdue.
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  expect(await invoke("Reconciler")).toBe(200);
  expect(await ended(who)).toMatchObject({ status: "completed", executions: 2 });
});

test("a dead letter that a person corrects and sends is handled once", async () => {
  const queues = new SQSClient(run.engine.client);
  const who = somebody();
  await run.stack.publish("go.staying", { customerId: who, id: "letter", customer: 7 });
  const QueueUrl = run.stack.output("EventsDeadLetterQueueUrl");
  const letter = await until("the dead letter", async () => {
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }),
    );
    return Messages.find(({ Body }) => Body?.includes(who));
  });
  expect(letter.MessageAttributes?.reason?.StringValue).toContain("detail.customer: ");
  expect(await run.stack.customer(who)).toEqual([]);
  const { QueueUrls = [] } = await queues.send(new ListQueuesCommand({}));
  const inbox = QueueUrls.find((url) => /Events?(Inbox)?Queue/i.test(url) && !/Dead/i.test(url));
  const event = JSON.parse(letter.Body ?? "");
  event.detail.customer = { email: `${who}@mail.example` };
  const MessageBody = JSON.stringify(event);
  for (let times = 0; times < 2; times++) await queues.send(new SendMessageCommand({ QueueUrl: inbox, MessageBody }));
  await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: letter.ReceiptHandle }));
  await becomes(who, "to wait", ({ position }) => position.waiting);
  expect(await run.stack.enrollments(who)).toHaveLength(1);
  expect(await sorted(who, "reason")).toEqual([]);
});
