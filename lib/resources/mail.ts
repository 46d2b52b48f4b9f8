/**
 * Email through SES: the permission to send, and the rule and queue that bring delivery reports back to the stack. SES
 * reports to the account's default bus only. A rule there selects the reports of this stack's configuration set.
 */
import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";
import type { Alarms } from "./alarms.ts";
import type { Inbox } from "./inbox.ts";

export interface MailProps {
  /** The verified domain or address that the stack may send from. Default: any identity of the account. */
  readonly identity: string | undefined;
  /** The queue for delivery reports. */
  readonly inbox: Inbox;
  readonly alarms: Alarms;
}

/** SES reviews an account above these rates: https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-dg.html */
const reputation = [
  {
    id: "BounceRate",
    metricName: "Reputation.BounceRate",
    above: 0.05,
    happened: "More than 5 % of the account's emails bounce.",
  },
  {
    id: "ComplaintRate",
    metricName: "Reputation.ComplaintRate",
    above: 0.001,
    happened: "More than 0.1 % of the account's emails draw complaints.",
  },
] as const;

export class Mail extends Construct {
  readonly configurationSetName: string;
  private readonly identity: string;

  constructor(scope: Construct, id: string, { identity = "*", inbox, alarms }: MailProps) {
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
    for (const { id, metricName, above, happened } of reputation)
      alarms.add(this, id, {
        metric: new Metric({ namespace: "AWS/SES", metricName, period: Duration.hours(1), statistic: "Maximum" }),
        above,
        text: {
          happened,
          forCustomers:
            "nothing changes yet. If the rate stays high, SES pauses the account, and no customer gets email any more.",
          doFirst:
            "`journeys doctor` names the journeys with a high rate. This command does not see other senders of the account: look at the reputation page of SES.",
        },
      });
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
      "Journeys name their senders, which the stack does not know at deployment. `sesIdentity` limits sending to one identity.",
    );
  }
}
