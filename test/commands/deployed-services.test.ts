/** The services around the tables of a deployed stack: the request to each service, and how the answer is read. */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { connect } from "../../cli/deployed/connect.ts";
import { s3FailureBucket } from "../../cli/deployed/failure-bucket.ts";
import { awsHealth } from "../../cli/deployed/health.ts";
import { DeployedStack } from "../../cli/deployed/stack.ts";
import { UsageError } from "../../cli/terminal/io.ts";
import { dynamodb } from "../../lambdas/adapters/dynamodb/client.ts";
import { PARKED_DUE } from "../../lambdas/domain/enrollment/parking.ts";
import { type Answers, recorded } from "./recorded.ts";

const outputs = {
  JourneysTableName: "Journeys",
  TemplatesTableName: "Templates",
  CountersTableName: "Counters",
  CustomersTableName: "Customers",
  EventBusName: "Bus",
  EventRetentionDays: "30",
  StateMachineArn: "arn:machine",
  EventsQueueUrl: "https://events",
  EventsDeadLetterQueueUrl: "https://events-dead",
  StatusTasksQueueUrl: "https://status-tasks",
  StatusTasksDeadLetterQueueUrl: "https://status-tasks-dead",
  StatusesQueueUrl: "https://statuses",
  StatusesDeadLetterQueueUrl: "https://statuses-dead",
  FailuresBucketName: "failures",
  ExitEvaluatorName: "exit-evaluator",
};
const settings = { region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
const stack = new DeployedStack(outputs, settings);
const bytes = (text: string) => ({ transformToString: () => text });

describe("connect", () => {
  const client = new CloudFormationClient(settings);

  test("finds the stack by its name and reads its outputs", async () => {
    const Outputs = [
      { OutputKey: "JourneysTableName", OutputValue: "Journeys" },
      { OutputKey: "TimeScale", OutputValue: '{"factor":60,"real":"r","virtual":"v"}' },
    ];
    const calls = recorded(client, { DescribeStacksCommand: { Stacks: [{ Outputs }] } });
    const found = await connect("Shop", client);
    expect(calls).toEqual([{ name: "DescribeStacksCommand", input: { StackName: "Shop" } }]);
    expect(found.output("JourneysTableName")).toBe("Journeys");
    expect(found.timeScale).toEqual({ factor: 60, real: "r", virtual: "v" });
  });

  test("refuses a stack without journeys as wrong usage", async () => {
    recorded(client, { DescribeStacksCommand: { Stacks: [{ Outputs: [] }] } });
    const refused = connect("Other", client);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow('The stack "Other" has no customer journeys.');
  });
});

describe("the ports", () => {
  test("use the stack's tables, and never return data older than the call", async () => {
    const draft = { id: "cart", trigger: {}, components: {} };
    const pointer = { id: "~live", version: "cart", number: 0, status: "draft", name: "C", draft };
    const calls = recorded(dynamodb, {
      GetItemCommand: [{ Item: pointer }, { Item: pointer }, {}, {}, {}],
      TransactWriteItemsCommand: {},
    });
    const { journeys, store, breakers } = new DeployedStack(outputs, settings).ports;
    expect(await journeys.live("cart")).toMatchObject({ journey: { id: "cart" } });
    await journeys.live("cart");
    await store.customer("ada");
    await breakers.hold("cart");
    await breakers.hold("cart");
    expect(calls.map(({ name, input }) => `${name} ${input.TableName}`)).toEqual([
      "GetItemCommand Journeys",
      "GetItemCommand Journeys",
      "GetItemCommand Customers",
      "GetItemCommand Counters",
      "GetItemCommand Counters",
    ]);
  });

  test("keep events for as long as the stack does", async () => {
    const calls = recorded(dynamodb, { TransactWriteItemsCommand: {}, PutItemCommand: {} });
    const event = {
      id: "e-1",
      name: "seen",
      customerId: "ada",
      time: "2026-01-05T10:00:00.000Z",
      data: {},
      deliveryId: "d-1",
      hops: 0,
      system: false,
    };
    const before = Date.now() / 1000;
    await stack.ports.store.commit([{ kind: "event", event, watched: false }]);
    const [
      {
        Put: { Item },
      } = { Put: { Item: {} } },
    ] = (calls[0]?.input.TransactItems ?? [{ Put: calls[0]?.input }]) as [{ Put: { Item: Record<string, number> } }];
    expect(((Item.ttl ?? 0) - before) / 86_400).toBeCloseTo(30, 1);
  });

  test("return the virtual time of a stack with scaled time", () => {
    const real = new Date(Date.now() - 1000).toISOString();
    const TimeScale = JSON.stringify({ factor: 3600, real, virtual: "2026-01-05T00:00:00.000Z" });
    const { clock } = new DeployedStack({ ...outputs, TimeScale }, settings).ports;
    expect(clock.now()).toMatch(/^2026-01-05T01:/);
    expect(stack.timeScale).toBeUndefined();
  });
});

describe("a dead-letter queue", () => {
  const [events, statuses, tasks, ...more] = stack.deadLetterQueues();
  const letter = { messageId: "m-1", body: "b", receipt: "r-1", attributes: {}, sentAt: undefined };

  test("exists for events, for reports and for status tasks", () => {
    expect([events?.name, statuses?.name, tasks?.name, more]).toEqual(["events", "statuses", "status tasks", []]);
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

describe("the reads of doctor", () => {
  const clients = {
    metrics: new CloudWatchClient(settings),
    objects: new S3Client(settings),
    mail: new SESv2Client(settings),
  };
  const health = awsHealth(stack, clients);
  const on = (client: keyof typeof clients, answers: Answers) => recorded(clients[client], answers);

  test("the number of messages of a queue, waiting and in flight", async () => {
    const Attributes = { ApproximateNumberOfMessages: "3", ApproximateNumberOfMessagesNotVisible: "2" };
    const calls = recorded(stack.queues, { GetQueueAttributesCommand: [{ Attributes }, {}] });
    expect(await health.depth("StatusesQueueUrl")).toEqual({ waiting: 3, inWork: 2 });
    expect(await health.depth("EventsDeadLetterQueueUrl")).toEqual({ waiting: 0, inWork: 0 });
    expect(calls.map(({ input }) => input.QueueUrl)).toEqual(["https://statuses", "https://events-dead"]);
  });

  test("the number of failures, and whether there are more", async () => {
    const calls = on("objects", { ListObjectsV2Command: [{ KeyCount: 1000, IsTruncated: true }, {}] });
    expect(await health.failures()).toEqual({ count: 1000, more: true });
    expect(await health.failures()).toEqual({ count: 0, more: false });
    expect(calls[0]?.input).toEqual({ Bucket: "failures" });
  });

  test("the alarms of all pages, with the metric of each", async () => {
    const alarm = {
      AlarmName: "Shop-A-1",
      StateValue: "ALARM",
      AlarmDescription: "text",
      Namespace: "AWS/Lambda",
      MetricName: "IteratorAge",
      Dimensions: [{ Name: "FunctionName", Value: "f" }],
    };
    const calls = on("metrics", {
      DescribeAlarmsCommand: [
        { MetricAlarms: [alarm], NextToken: "more" },
        { MetricAlarms: [{ AlarmName: "Shop-B-2" }] },
      ],
    });
    expect(await health.alarms("Shop-")).toEqual([
      {
        name: "Shop-A-1",
        state: "ALARM",
        text: "text",
        metric: { namespace: "AWS/Lambda", name: "IteratorAge", dimensions: [{ Name: "FunctionName", Value: "f" }] },
      },
      { name: "Shop-B-2", state: "", text: "", metric: { namespace: "", name: "", dimensions: undefined } },
    ]);
    expect(calls.map(({ input }) => input)).toEqual([
      { AlarmNamePrefix: "Shop-" },
      { AlarmNamePrefix: "Shop-", NextToken: "more" },
    ]);
  });

  test("the values of a metric per minute", async () => {
    const Timestamp = new Date("2026-01-05T10:00:00.000Z");
    const calls = on("metrics", {
      GetMetricStatisticsCommand: { Datapoints: [{ Timestamp, Maximum: 7 }, { Timestamp }, { Maximum: 1 }] },
    });
    const metric = { namespace: "AWS/States", name: "Open", dimensions: [{ Name: "n", Value: "v" }] };
    const [from, until] = [new Date(0), new Date(1)];
    expect(await health.values(metric, "Maximum", from, until)).toEqual([{ at: "2026-01-05T10:00:00.000Z", value: 7 }]);
    expect(calls[0]?.input).toEqual({
      Namespace: "AWS/States",
      MetricName: "Open",
      Dimensions: [{ Name: "n", Value: "v" }],
      StartTime: from,
      EndTime: until,
      Period: 60,
      Statistics: ["Maximum"],
    });
  });

  test("overdue steps, counted in all eight shards of a journey", async () => {
    const pages = [
      { Count: 2 },
      { Count: 1, LastEvaluatedKey: { sk: "x" } },
      ...Array.from({ length: 6 }, () => ({ Count: 0 })),
    ];
    const calls = recorded(stack.items, { QueryCommand: pages });
    expect(await health.overdue("cart", "2026-01-05T10:00:00.000Z", false)).toEqual({ count: 3, more: true });
    expect(calls.map(({ input }) => (input.ExpressionAttributeValues as Record<string, string>)[":shard"])).toEqual(
      Array.from({ length: 8 }, (_, shard) => `cart#${shard}`),
    );
    expect(calls[0]?.input).toMatchObject({
      TableName: "Customers",
      IndexName: "active",
      KeyConditionExpression: "active = :shard AND dueAt < :before",
      ExpressionAttributeValues: { ":before": "2026-01-05T10:00:00.000Z" },
      Select: "COUNT",
    });
  });

  test("parked customers, by the due time that only they have", async () => {
    const calls = recorded(stack.items, { QueryCommand: Array.from({ length: 8 }, () => ({ Count: 2 })) });
    expect(await health.parked("cart")).toEqual({ count: 16, more: false });
    expect(calls[0]?.input).toMatchObject({
      IndexName: "active",
      KeyConditionExpression: "active = :shard AND dueAt = :parked",
      ExpressionAttributeValues: { ":parked": "0" },
      Select: "COUNT",
    });
  });

  test("overdue steps of a held journey, without the parked customers, who are due before every real time", async () => {
    const calls = recorded(stack.items, { QueryCommand: Array.from({ length: 8 }, () => ({ Count: 0 })) });
    await health.overdue("cart", "2026-01-05T10:00:00.000Z", true);
    const { KeyConditionExpression, ExpressionAttributeValues } = calls[7]?.input ?? {};
    expect(KeyConditionExpression).toBe("active = :shard AND dueAt BETWEEN :first AND :before");
    const { ":first": first = "" } = ExpressionAttributeValues as Record<string, string>;
    expect(PARKED_DUE < first && first < "2").toBe(true);
  });

  test("the running executions, one page at a time", async () => {
    const calls = recorded(stack.executions, {
      ListExecutionsCommand: [{ executions: [{}, {}], nextToken: "more" }, { executions: [{}] }],
    });
    expect(await health.executions()).toEqual({ count: 2, next: "more" });
    expect(await health.executions("more")).toEqual({ count: 1, next: undefined });
    const first = { stateMachineArn: "arn:machine", statusFilter: "RUNNING", maxResults: 1000 };
    expect(calls.map(({ input }) => input)).toEqual([first, { ...first, nextToken: "more" }]);
  });

  test("the state of the account at SES", async () => {
    on("mail", {
      GetAccountCommand: [
        {
          ProductionAccessEnabled: true,
          SendingEnabled: true,
          EnforcementStatus: "HEALTHY",
          SendQuota: { SentLast24Hours: 5, Max24HourSend: 200 },
        },
        { ProductionAccessEnabled: false, SendingEnabled: false },
      ],
    });
    expect(await health.mail()).toEqual({
      sandbox: false,
      enabled: true,
      enforcement: "HEALTHY",
      sentLastDay: 5,
      quota: 200,
    });
    expect(await health.mail()).toMatchObject({ sandbox: true, enabled: false, sentLastDay: 0, quota: -1 });
  });
});

test("the stack creates the bucket and the services", async () => {
  expect(Object.keys(await stack.failureBucket())).toContain("evaluate");
  expect(Object.keys(await stack.health())).toContain("overdue");
});
