/**
 * A queue for what EventBridge delivers, and the dead-letter queue for everything that comes to nothing: what a rule
 * could not deliver, what failed five times, and what its function has rejected with a reason.
 */
import { Duration } from "aws-cdk-lib";
import type { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type Alarms, type AlarmText, PERIOD } from "./alarms.ts";

const MOST_TRIES = 5;

export interface InboxProps {
  readonly alarms: Alarms;
  /** How long the function may take for a batch. */
  readonly timeout: Duration;
  /** What it means when something ends in the dead-letter queue. */
  readonly deadLetter: AlarmText;
  /** What it means when messages wait for long. */
  readonly late: AlarmText;
}

export class Inbox extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { alarms, timeout, deadLetter, late }: InboxProps) {
    super(scope, id);
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, "DeadLetters", common);
    this.queue = new Queue(this, "Queue", {
      ...common,
      // While a batch is being tried again by Lambda itself, nobody else must get it: AWS asks for six times the timeout.
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_TRIES },
    });
    alarms.add(this.deadLetters, "NotEmpty", {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: "Maximum" }),
      above: 0,
      text: deadLetter,
    });
    alarms.add(this.queue, "Late", {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: "Maximum" }),
      above: Duration.minutes(15).toSeconds(),
      text: late,
    });
  }

  /** Delivers what a rule matches, trying for a day. */
  receive(rule: Rule): void {
    rule.addTarget(
      new SqsQueue(this.queue, {
        deadLetterQueue: this.deadLetters,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
  }

  /** Feeds a function in batches, whose messages succeed or fail each for itself. */
  feed(consumer: LambdaFunction, maxConcurrency: number): void {
    consumer.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency }),
    );
  }
}
