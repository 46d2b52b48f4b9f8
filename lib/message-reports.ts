/**
 * What becomes of messages: SES reports it to the default bus (the only one it knows), and a rule picks out the reports
 * about this stack's mail.
 */
import { Duration, Stack } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { ConfigurationSet, ConfigurationSetEventDestination, EmailSendingEvent, EventDestination, SuppressionReasons } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { DeadLetteredQueue } from "./dead-lettered-queue.ts";

export class MessageReports extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly reports: DeadLetteredQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.configurationSet = new ConfigurationSet(this, "Mail", {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const defaultBus = EventBus.fromEventBusName(this, "DefaultBus", "default");
    new ConfigurationSetEventDestination(this, "Reports", {
      configurationSet: this.configurationSet,
      destination: EventDestination.eventBus(defaultBus),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.OPEN,
        EmailSendingEvent.CLICK,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    this.reports = new DeadLetteredQueue(this, "Queue");
    new Rule(this, "Rule", {
      eventPattern: {
        source: ["aws.ses"],
        detail: { mail: { tags: { "ses:configuration-set": [this.configurationSet.configurationSetName] } } },
      },
    }).addTarget(
      new SqsQueue(this.reports.queue, {
        deadLetterQueue: this.reports.deadLetters,
        maxEventAge: Duration.hours(24),
        retryAttempts: 185,
      }),
    );
  }

  get configurationSetArn(): string {
    return Stack.of(this).formatArn({ service: "ses", resource: "configuration-set", resourceName: this.configurationSet.configurationSetName });
  }
}
