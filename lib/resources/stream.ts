/**
 * A function that follows a table's stream. A record that fails is tried again by itself, a few times, and then put
 * aside: it must neither hold up the others nor come for ever.
 */
import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { FilterCriteria, type Function as LambdaFunction, MetricType, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { type Alarms, type AlarmText, PERIOD } from "./alarms.ts";
import type { Failures } from "./failures.ts";

export interface StreamProps {
  readonly alarms: Alarms;
  readonly failures: Failures;
  readonly batchSize: number;
  /** So many batches of one shard at once; the records of one item stay in order. Default: 1. */
  readonly parallel?: number;
  /** The records that matter, as patterns of their part `dynamodb`: each that one of them fits. */
  readonly records: readonly { readonly Keys: object; readonly NewImage?: object }[];
  /** What it means when records wait for long. */
  readonly late: AlarmText;
  /** What it means when records are put aside. */
  readonly givenUp: AlarmText;
}

export function followStream(follower: LambdaFunction, table: Table, props: StreamProps): void {
  const { alarms, failures, batchSize, parallel = 1, records, late, givenUp } = props;
  const source = new DynamoEventSource(table as ITable, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    parallelizationFactor: parallel,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 5,
    maxRecordAge: Duration.hours(6),
    onFailure: failures,
    filters: records.map((dynamodb) => FilterCriteria.filter({ eventName: ["INSERT", "MODIFY"], dynamodb })),
    // Without these, nothing tells that a record was put aside: the calls that reported it were not errors.
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  follower.addEventSource(source);
  alarms.add(follower, "Late", {
    metric: follower.metric("IteratorAge", { period: PERIOD, statistic: "Maximum" }),
    above: Duration.minutes(5).toMilliseconds(),
    text: late,
  });
  alarms.add(follower, "GivenUp", {
    metric: new Metric({
      namespace: "AWS/Lambda",
      metricName: "OnFailureDestinationDeliveredEventCount",
      dimensionsMap: { EventSourceMappingUUID: source.eventSourceMappingId },
      period: PERIOD,
      statistic: "Sum",
    }),
    above: 0,
    text: givenUp,
  });
}
