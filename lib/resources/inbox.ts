/**
 * A queue for events from EventBridge or for tasks of a function, and its dead-letter queue. Three kinds of events go
 * to the dead-letter queue: events that a rule could not deliver, that failed five times, or that the function rejected
 * with a reason.
 */
import { Duration } from "aws-cdk-lib";
import type { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type Alarms, type AlarmText, PERIOD } from "./alarms.ts";

const MOST_TRIES = 5;

export interface InboxProps {
  readonly alarms: Alarms;
  /** The function's timeout for one batch. */
  readonly timeout: Duration;
  /** The alarm's text when the dead-letter queue is not empty. */
  readonly deadLetter: AlarmText;
  /** The alarm's text when messages wait too long. */
  readonly late: AlarmText;
  /** The age from which a waiting message is too old. Default: 15 minutes. */
  readonly lateAfter?: Duration;
}

export class Inbox extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly topics = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    { alarms, timeout, deadLetter, late, lateAfter = Duration.minutes(15) }: InboxProps,
  ) {
    super(scope, id);
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, "DeadLetters", common);
    this.queue = new Queue(this, "Queue", {
      ...common,
      // While Lambda retries a batch, no other consumer may receive it: AWS recommends six times the timeout.
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
      above: lateAfter.toSeconds(),
      text: late,
    });
  }

  /** Delivers the events that match a rule. EventBridge retries a delivery for one day. */
  receive(rule: Rule): void {
    rule.addTarget(
      new SqsQueue(this.queue, {
        deadLetterQueue: this.deadLetters,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
  }

  /** Delivers the messages of a topic, once, even if two channels name the same topic. */
  subscribe(topic: ITopic): void {
    if (this.topics.has(topic.topicArn)) return;
    this.topics.add(topic.topicArn);
    topic.addSubscription(new SqsSubscription(this.queue, { deadLetterQueue: this.deadLetters }));
  }

  /** Feeds a function with batches. Each message of a batch succeeds or fails by itself. */
  feed(consumer: LambdaFunction, maxConcurrency: number, batchSize = 10): void {
    consumer.addEventSource(
      new SqsEventSource(this.queue, { batchSize, reportBatchItemFailures: true, maxConcurrency }),
    );
  }
}
