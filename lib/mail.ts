/**
 * Email through SES: who may send, and the way back of what becomes of each message. SES reports to the account's
 * default bus only; a rule there picks the reports of this stack's configuration set.
 */
import { ArnFormat, Stack } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";
import type { Inbox } from "./inbox.ts";

export interface MailProps {
  /** The domain or address that may be sent from. Default: any that this account has verified. */
  readonly identity: string | undefined;
  /** Where reports go. */
  readonly inbox: Inbox;
}

export class Mail extends Construct {
  readonly configurationSetName: string;
  private readonly identity: string;

  constructor(scope: Construct, id: string, { identity = "*", inbox }: MailProps) {
    super(scope, id);
    this.identity = identity;
    const configurationSet = new ConfigurationSet(this, "ConfigurationSet", { reputationMetrics: true });
    this.configurationSetName = configurationSet.configurationSetName;
    configurationSet.addEventDestination("Reports", {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
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
    const rule = new Rule(this, "FromSes", {
      eventPattern: {
        source: ["aws.ses"],
        detail: { mail: { tags: { "ses:configuration-set": [this.configurationSetName] } } },
      },
    });
    inbox.receive(rule);
  }

  allowSending(grantee: LambdaFunction): void {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: "ses", resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const identity = arn("identity", this.identity);
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: ["ses:SendEmail"],
        resources: [identity, arn("configuration-set", this.configurationSetName)],
      }),
    );
    acknowledgeWildcard(
      grantee,
      identity,
      "Journeys name their senders, and the stack does not know them all. `sesIdentity` narrows it down to one.",
    );
  }
}
