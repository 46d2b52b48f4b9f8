/**
 * Reads all data for the health checks. A value that cannot be read, because a service or a permission is missing, is
 * `undefined` and does not stop the other reads.
 */
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetAccountCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { OVERDUE_AFTER } from "../../insight/health/journey-checks.ts";
import type { Known, Observed } from "../../insight/health/observed.ts";
import { ACTIVE_SHARDS, activeShard } from "../../lambdas/adapters/customer-items.ts";
import { mailed, spikesOf } from "../../lambdas/domain/reputation.ts";
import { type TimeScale, toVirtual } from "../../lambdas/domain/scaled-time.ts";
import { fromMilliseconds, minus, type Time } from "../../lambdas/domain/time.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import { alarmIn } from "./alarm-name.ts";
import { alarmsOf, iteratorAge, latest, reconcilerRan } from "./metrics.ts";

/** The most pages of executions that are counted; if there are more, the finding says "or more". */
const MOST_PAGES = 10;

export async function observe(stackName: string, stack: DeployedStack): Promise<Observed> {
  const saved = await stack.journeys();
  // One journey after another: with many journeys, parallel reads would be throttled.
  const counted = await oneByOne(saved, async ({ id, status }) => ({
    id,
    status,
    counts: await stack.counts(id),
    held: await stack.held(id),
  }));
  const alarms = await ifReadable(() => alarmsOf(stackName));
  return {
    queues: await Promise.all([queue("events", "Events", stack), queue("statuses", "Statuses", stack)]),
    failures: await ifReadable(() => failures(stack)),
    alarms: alarms?.map(({ AlarmName = "", StateValue = "", AlarmDescription = "" }) => ({
      name: alarmIn(stackName, AlarmName) ?? AlarmName,
      state: StateValue,
      text: AlarmDescription,
    })),
    iteratorAge: await ifReadable(() => iteratorAge(alarms ?? [])),
    reconcilerRan: await ifReadable(() => reconcilerRan(alarms ?? [])),
    overdue: await overdue(
      counted.filter(({ counts }) => (counts.active ?? 0) > 0).map(({ id }) => id),
      stack,
    ),
    rejected: saved.flatMap(({ id, publication }) =>
      publication?.state === "rejected" ? [{ journeyId: id, problems: publication.problems }] : [],
    ),
    failed: counted.flatMap(({ id, counts }) => {
      const reasons = Object.entries(counts).filter(([name]) => name.startsWith("failed."));
      return reasons.length > 0
        ? [{ journeyId: id, reasons: Object.fromEntries(reasons.map(([name, count]) => [name.slice(7), count])) }]
        : [];
    }),
    spikes: counted
      .filter(({ status }) => status !== "stopped")
      .flatMap(({ id, counts }) => spikesOf(mailed(counts), "review").map((spike) => ({ ...spike, journeyId: id }))),
    held: counted
      .filter(({ status }) => status !== "stopped")
      .flatMap(({ id, held }) => (held ? [{ ...held, journeyId: id }] : [])),
    inside: counted.reduce((sum, { counts }) => sum + (counts.active ?? 0), 0),
    executions: await ifReadable(() => executions(stack)),
    mail: await ifReadable(mail),
  };
}

async function ifReadable<T>(read: () => Promise<Known<T>>): Promise<Known<T>> {
  return read().catch(() => undefined);
}

async function oneByOne<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (const item of items) found.push(await read(item));
  return found;
}

async function queue(name: string, output: "Events" | "Statuses", stack: DeployedStack) {
  const [own, dead] = await Promise.all([
    depth(stack.output(`${output}QueueUrl`), stack),
    depth(stack.output(`${output}DeadLetterQueueUrl`), stack),
  ]);
  return { name, waiting: own.waiting, inWork: own.inWork, deadLetters: dead.waiting + dead.inWork };
}

async function depth(QueueUrl: string, { queues }: DeployedStack): Promise<{ waiting: number; inWork: number }> {
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: inWork } = Attributes ?? {};
  return { waiting: Number(waiting ?? 0), inWork: Number(inWork ?? 0) };
}

async function failures(stack: DeployedStack): Promise<Observed["failures"]> {
  const { KeyCount = 0, IsTruncated = false } = await new S3Client().send(
    new ListObjectsV2Command({ Bucket: stack.output("FailuresBucketName") }),
  );
  return { count: KeyCount, more: IsTruncated };
}
async function overdue(journeyIds: readonly string[], stack: DeployedStack): Promise<Observed["overdue"]> {
  const scale = stack.outputs.TimeScale === undefined ? undefined : (JSON.parse(stack.outputs.TimeScale) as TimeScale);
  // The limit is in real time: on a stack with faster time, every running step is late by virtual minutes.
  const before = toVirtual(minus(fromMilliseconds(Date.now()), OVERDUE_AFTER), scale);
  const found = await oneByOne(journeyIds, (journeyId) => overdueIn(journeyId, before, stack));
  return found.filter(({ count }) => count > 0);
}

async function overdueIn(journeyId: string, before: Time, stack: DeployedStack) {
  const shards = Array.from({ length: ACTIVE_SHARDS }, (_, shard) => activeShard(journeyId, shard));
  const pages = await Promise.all(
    shards.map((active) =>
      stack.items.send(
        new QueryCommand({
          TableName: stack.output("CustomersTableName"),
          IndexName: "active",
          KeyConditionExpression: "active = :active AND dueAt < :before",
          ExpressionAttributeValues: { ":active": active, ":before": before },
          Select: "COUNT",
        }),
      ),
    ),
  );
  return {
    journeyId,
    count: pages.reduce((sum, { Count = 0 }) => sum + Count, 0),
    more: pages.some(({ LastEvaluatedKey }) => LastEvaluatedKey !== undefined),
  };
}

/** The count that AWS keeps for the account; without one, the executions of this stack, counted up to a limit. */
async function executions(stack: DeployedStack): Promise<Observed["executions"]> {
  const ofAccount = (MetricName: string) =>
    ifReadable(() => latest({ Namespace: "AWS/States", MetricName }, "Maximum"));
  const [count, limit] = await Promise.all([ofAccount("OpenExecutionCount"), ofAccount("OpenExecutionLimit")]);
  return count ? { of: "account", open: count.value, more: false, quota: limit?.value } : listed(stack);
}

async function listed(stack: DeployedStack): Promise<Observed["executions"]> {
  let open = 0;
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await stack.executions.send(
      new ListExecutionsCommand({
        stateMachineArn: stack.output("StateMachineArn"),
        statusFilter: "RUNNING",
        maxResults: 1000,
        ...(nextToken && { nextToken }),
      }),
    );
    open += answer.executions?.length ?? 0;
    nextToken = answer.nextToken;
    if (!nextToken) return { of: "stack", open, more: false };
  }
  return { of: "stack", open, more: true };
}

async function mail(): Promise<Observed["mail"]> {
  const account = await new SESv2Client().send(new GetAccountCommand({}));
  return {
    sandbox: account.ProductionAccessEnabled === false,
    enabled: account.SendingEnabled !== false,
    enforcement: account.EnforcementStatus,
    sentLastDay: account.SendQuota?.SentLast24Hours ?? 0,
    quota: account.SendQuota?.Max24HourSend ?? -1,
  };
}
