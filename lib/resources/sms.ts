/**
 * Text messages through AWS End User Messaging: the right to send, the rule and queue that bring delivery reports back
 * to the stack, and, if wanted, the topic through which the answers of customers come. The service reports to the
 * default bus of the account. The rule on that bus selects the reports whose context names this stack.
 */
import { ArnFormat, Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { SmsSetting } from "../../lambdas/adapters/sms/sms-setting.ts";
import { answersTopic } from "./answers-topic.ts";
import type { Inbox } from "./inbox.ts";

export interface SmsProps {
  readonly setting: SmsSetting;
  /** The text in the context of each message that names this stack. */
  readonly stack: string;
  /** The queue for delivery reports. */
  readonly inbox: Inbox;
}

export class Sms extends Construct {
  readonly setting: SmsSetting;
  /** The topic for the answers of customers; `undefined` when the stack receives none. */
  readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, { setting, stack, inbox }: SmsProps) {
    super(scope, id);
    this.setting = setting;
    const rule = new Rule(this, "Reports", {
      eventPattern: {
        source: ["aws.sms-voice"],
        detailType: ["Text Message Delivery Status Updated"],
        detail: { context: { stack: [stack] } },
      },
    });
    inbox.receive(rule);
    this.topic = answersTopic(this, "sms-voice.amazonaws.com", setting.inbound);
    if (this.topic) inbox.subscribe(this.topic);
  }

  allowSending(grantee: LambdaFunction): void {
    const { sender, protectConfigurationId } = this.setting;
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({
        service: "sms-voice",
        resource,
        resourceName,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
    const protect = protectConfigurationId === undefined ? [] : [arn("protect-configuration", protectConfigurationId)];
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: ["sms-voice:SendTextMessage"], resources: [sender, ...protect] }),
    );
  }
}
