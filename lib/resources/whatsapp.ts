/**
 * WhatsApp through AWS End User Messaging Social: the right to send, the rule that brings reports back to the stack,
 * and, if wanted, the topic through which the messages of customers come. The service reports to the default bus of the
 * account. A report does not name the stack, so the rule can only select the reports about the sending number.
 * Messages come through a topic, because AWS documents their form there, and not the form of their events.
 */
import { ArnFormat, Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { WhatsappSetting } from "../../lambdas/adapters/whatsapp/whatsapp-setting.ts";
import { answersTopic } from "./answers-topic.ts";
import type { Inbox } from "./inbox.ts";

export interface WhatsappProps {
  readonly setting: WhatsappSetting;
  /** The queue for delivery reports, and for messages of customers. */
  readonly inbox: Inbox;
}

const REPORTS = ["Sent", "Delivered", "Read", "Failed", "Undeliverable"].map((kind) => `WhatsApp Message ${kind}`);

export class Whatsapp extends Construct {
  readonly setting: WhatsappSetting;
  /** The topic for the messages of customers; `undefined` when the stack receives none. */
  readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, { setting, inbox }: WhatsappProps) {
    super(scope, id);
    this.setting = setting;
    const { metaPhoneNumberId } = setting;
    const rule = new Rule(this, "Reports", {
      eventPattern: {
        source: ["aws.social-messaging"],
        detailType: REPORTS,
        ...(metaPhoneNumberId !== undefined && { detail: { originationPhoneNumberId: [metaPhoneNumberId] } }),
      },
    });
    inbox.receive(rule);
    this.topic = answersTopic(this, "social-messaging.amazonaws.com", setting.inbound);
    if (this.topic) inbox.subscribe(this.topic);
  }

  allowSending(grantee: LambdaFunction): void {
    const number = Stack.of(this).formatArn({
      service: "social-messaging",
      resource: "phone-number-id",
      resourceName: this.setting.phoneNumberId.replace("phone-number-id-", ""),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: ["social-messaging:SendWhatsAppMessage"], resources: [number] }),
    );
  }
}
