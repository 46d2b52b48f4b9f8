/** A queue whose messages, when they cannot be handled five times, are put aside for people to look at. */
import { Duration } from "aws-cdk-lib";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** SQS hides a message for at least six times the function's time-out: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const FUNCTION_TIMEOUT = Duration.seconds(30);
const VISIBILITY = Duration.seconds(6 * FUNCTION_TIMEOUT.toSeconds());

export class DeadLetteredQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    const deadLetters = new Queue(this, "DeadLetters", common);
    this.deadLetters = deadLetters;
    this.queue = new Queue(this, "Queue", {
      ...common,
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
  }
}
