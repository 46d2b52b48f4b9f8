/**
 * Connects a function to a table's stream. A record that fails is retried alone a few times and then moved to the bucket
 * for failures, so that it neither delays other records nor is retried forever.
 */
import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import {
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  MetricType,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { type Alarms, type AlarmText, PERIOD } from "./alarms.ts";
import type { Failures } from "./failures.ts";

interface Records {
  readonly Keys: object;
  readonly NewImage?: object;
}

export interface StreamProps {
  readonly alarms: Alarms;
  readonly failures: Failures;
  readonly batchSize: number;
  /** The number of batches of one shard handled at the same time; the records of one item stay in order. Default: 1. */
  readonly parallel?: number;
  /**
   * Patterns for the part `dynamodb` of a record. The function gets the records that match one of the patterns.
   * Default: all records.
   */
  readonly records?: readonly Records[];
  /** The alarm's text when records wait too long. A function has one such alarm for all its streams. */
  readonly late?: AlarmText;
  /** The alarm's text when records were moved to the bucket for failures. */
  readonly givenUp: AlarmText;
  /** The id of that alarm, which differs between the streams of one function. */
  readonly givenUpId?: string;
}

/**
 * A removed item has no new image. Filters support the key `dynamodb` only, not `eventName`:
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 */
function isThere(table: Table): object {
  const [partitionKey] = table.schemaV2().partitionKeys;
  return partitionKey ? { [partitionKey.name]: { S: FilterRule.exists() } } : {};
}

export function followStream(follower: LambdaFunction, table: Table, props: StreamProps): void {
  const { alarms, failures, batchSize, parallel = 1, records, late, givenUp, givenUpId = "GivenUp" } = props;
  const source = new DynamoEventSource(table as ITable, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    parallelizationFactor: parallel,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 5,
    maxRecordAge: Duration.hours(6),
    onFailure: failures,
    filters: (records ?? [{ Keys: {} }]).map(({ Keys, NewImage = {} }: Records) =>
      FilterCriteria.filter({
        dynamodb: { ...(Object.keys(Keys).length > 0 && { Keys }), NewImage: { ...isThere(table), ...NewImage } },
      }),
    ),
    // Only this metric shows that a record was moved to the bucket: calls that report failed records are not errors.
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  follower.addEventSource(source);
  if (late)
    alarms.add(follower, "Late", {
      metric: follower.metric("IteratorAge", { period: PERIOD, statistic: "Maximum" }),
      above: Duration.minutes(5).toMilliseconds(),
      text: late,
    });
  alarms.add(follower, givenUpId, {
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
