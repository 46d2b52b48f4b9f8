/**
 * Alarms. The text of each alarm says what happened, what it means for customers and what to do first. With a topic, an
 * alarm also sends a notification.
 */
import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

/** Alarms evaluate their metrics over periods of this length. */
export const PERIOD = Duration.minutes(5);

export interface AlarmText {
  readonly happened: string;
  readonly forCustomers: string;
  readonly doFirst: string;
}

export interface AlarmRule {
  readonly metric: IMetric;
  /** The alarm goes off when the metric is above this value. */
  readonly above?: number;
  /** The alarm goes off when the metric is below this value. */
  readonly below?: number;
  /** The number of periods in a row for which the metric must be above or below the value. Default: 1. */
  readonly periods?: number;
  readonly text: AlarmText;
}

export class Alarms {
  private readonly topic: ITopic | undefined;

  constructor(topic: ITopic | undefined) {
    this.topic = topic;
  }

  /** Missing data counts as fine, except for alarms that go off when a metric is too low. */
  add(scope: Construct, id: string, { metric, above, below, periods = 1, text }: AlarmRule): Alarm {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: below === undefined ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
      evaluationPeriods: periods,
      alarmDescription: `${text.happened} For customers: ${text.forCustomers} Do first: ${text.doFirst}`,
    });
    if (this.topic) alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}
