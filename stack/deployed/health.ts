/** Reads for `journeys doctor` what AWS reports: queues, alarms, metrics, overdue steps, executions and the mail account. */

import { CloudWatchClient, DescribeAlarmsCommand, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetAccountCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { isOverdue } from "../../lambdas/adapters/dynamodb/customers/overdue.ts";
import { PARKED_DUE } from "../../lambdas/domain/enrollment/parking.ts";
import type { Alarm, Health } from "../health.ts";
import { countActive, firstDue } from "./active-index.ts";
import type { Connection } from "./connection.ts";

export interface HealthClients {
  readonly metrics: CloudWatchClient;
  readonly objects: S3Client;
  readonly mail: SESv2Client;
}

export function awsHealth(
  stack: Pick<Connection, "output" | "settings" | "queues" | "items" | "executions">,
  clients: HealthClients = {
    metrics: new CloudWatchClient(stack.settings),
    objects: new S3Client(stack.settings),
    mail: new SESv2Client(stack.settings),
  },
): Health {
  return {
    async depth(queue) {
      const { Attributes } = await stack.queues.send(
        new GetQueueAttributesCommand({
          QueueUrl: stack.output(queue),
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: inWork } = Attributes ?? {};
      return { waiting: Number(waiting ?? 0), inWork: Number(inWork ?? 0) };
    },

    async failures() {
      const { KeyCount = 0, IsTruncated = false } = await clients.objects.send(
        new ListObjectsV2Command({ Bucket: stack.output("FailuresBucketName") }),
      );
      return { count: KeyCount, more: IsTruncated };
    },

    async alarms(AlarmNamePrefix) {
      const found: Alarm[] = [];
      let NextToken: string | undefined;
      do {
        const page = await clients.metrics.send(
          new DescribeAlarmsCommand({ AlarmNamePrefix, ...(NextToken && { NextToken }) }),
        );
        for (const alarm of page.MetricAlarms ?? []) {
          const { AlarmName = "", StateValue = "", AlarmDescription = "", Namespace = "", MetricName = "" } = alarm;
          const dimensions = alarm.Dimensions?.map(({ Name, Value }) => ({ Name, Value }));
          const metric = { namespace: Namespace, name: MetricName, dimensions };
          found.push({ name: AlarmName, state: StateValue, text: AlarmDescription, metric });
        }
        NextToken = page.NextToken;
      } while (NextToken);
      return found;
    },

    async values({ namespace, name, dimensions }, statistic, StartTime, EndTime) {
      const { Datapoints = [] } = await clients.metrics.send(
        new GetMetricStatisticsCommand({
          Namespace: namespace,
          MetricName: name,
          Dimensions: dimensions && [...dimensions],
          StartTime,
          EndTime,
          Period: 60,
          Statistics: [statistic],
        }),
      );
      return Datapoints.flatMap(({ Timestamp, [statistic]: value }) =>
        Timestamp && value !== undefined ? [{ at: Timestamp.toISOString(), value }] : [],
      );
    },

    async overdue(journeyId, before, isHeld) {
      const condition = (name: string) => isOverdue({ name, isHeld }, before);
      const found = await countActive(stack, journeyId, condition);
      return found.count === 0 ? found : { ...found, oldest: await firstDue(stack, journeyId, condition) };
    },
    parked: (journeyId) => countActive(stack, journeyId, isParked),

    async executions(page) {
      const { executions = [], nextToken } = await stack.executions.send(
        new ListExecutionsCommand({
          stateMachineArn: stack.output("StateMachineArn"),
          statusFilter: "RUNNING",
          maxResults: 1000,
          ...(page !== undefined && { nextToken: page }),
        }),
      );
      return { count: executions.length, next: nextToken };
    },

    async mail() {
      const account = await clients.mail.send(new GetAccountCommand({}));
      return {
        sandbox: account.ProductionAccessEnabled === false,
        enabled: account.SendingEnabled !== false,
        enforcement: account.EnforcementStatus,
        sentLastDay: account.SendQuota?.SentLast24Hours ?? 0,
        quota: account.SendQuota?.Max24HourSend ?? -1,
      };
    },
  };
}

const isParked = (shard: string) => ({
  KeyConditionExpression: "active = :shard AND dueAt = :parked",
  ExpressionAttributeValues: { ":shard": shard, ":parked": PARKED_DUE },
});
