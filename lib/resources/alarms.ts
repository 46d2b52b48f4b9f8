/**
 * Alarms, each with a text that says what has happened, what it means for customers and what to do first. They ring in
 * the console; with a topic, they also tell somebody.
 */
import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

/** Metrics are looked at in periods of this length. */
export const PERIOD = Duration.minutes(5);

export interface AlarmText {
  readonly happened: string;
  readonly forCustomers: string;
  readonly doFirst: string;
}

export interface AlarmRule {
  readonly metric: IMetric;
  /** Rings when the metric is above this … */
  readonly above?: number;
  /** … or below this. */
  readonly below?: number;
  /** … for so many periods in a row. Default: 1. */
  readonly periods?: number;
  readonly text: AlarmText;
}

export class Alarms {
  private readonly topic: ITopic | undefined;

  constructor(topic: ITopic | undefined) {
    this.topic = topic;
  }

  /** A metric without data is silence, which is fine, unless the alarm rings because of too little. */
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
