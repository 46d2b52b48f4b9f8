/** The reads of doctor: the request to each service, and how the answer is read. */
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { S3Client } from "@aws-sdk/client-s3";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { PARKED_DUE } from "../../../lambdas/domain/enrollment/parking.ts";
import { awsHealth } from "../../../stack/deployed/health.ts";
import { type Answers, recorded } from "./recorded.ts";
import { settings, stack } from "./services.ts";

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
    const due = (dueAt: string) => ({ Items: [{ dueAt }] });
    const oldest = [
      due("2026-01-05T09:20:00.000Z"),
      due("2026-01-05T09:10:00.000Z"),
      ...Array.from({ length: 6 }, () => ({})),
    ];
    const calls = recorded(stack.items, { QueryCommand: [...pages, ...oldest] });
    expect(await health.overdue("cart", "2026-01-05T10:00:00.000Z", false)).toEqual({
      count: 3,
      more: true,
      oldest: "2026-01-05T09:10:00.000Z",
    });
    expect(
      calls.slice(0, 8).map(({ input }) => (input.ExpressionAttributeValues as Record<string, string>)[":shard"]),
    ).toEqual(Array.from({ length: 8 }, (_, shard) => `cart#${shard}`));
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
