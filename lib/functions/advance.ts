/** The state machine's main task: walks an enrollment to its next wait and runs each component on the way. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Sender } from "../../lambdas/domain/journey/journey.ts";
import type { Limits } from "../../lambdas/domain/messages/limits.ts";
import type { AddressKey } from "../resources/address-key.ts";
import type { Foundation } from "../resources/foundation.ts";
import type { JourneyBus } from "../resources/journey-bus.ts";
import type { Mail } from "../resources/mail.ts";
import type { Sms } from "../resources/sms.ts";
import type { Whatsapp } from "../resources/whatsapp.ts";
import { JourneyFunction } from "./journey-function.ts";
import type { Unsubscribe } from "./unsubscribe.ts";

export interface AdvanceProps {
  readonly bus: JourneyBus;
  readonly mail: Mail;
  readonly unsubscribe: Unsubscribe;
  readonly addressKey: AddressKey;
  /** The address in unsubscribe links. Default: the page's own. */
  readonly unsubscribeUrl?: string | undefined;
  readonly sender: Sender | undefined;
  readonly limits: Limits | undefined;
  readonly mailRate: number | undefined;
  readonly sms: Sms | undefined;
  readonly whatsapp: Whatsapp | undefined;
}

export class Advance extends Construct {
  readonly handler: JourneyFunction<"advance">;

  constructor(scope: Construct, id: string, foundation: Foundation, props: AdvanceProps) {
    super(scope, id);
    const {
      bus,
      mail,
      unsubscribe,
      unsubscribeUrl = unsubscribe.url,
      addressKey,
      sender,
      limits,
      mailRate,
      sms,
      whatsapp,
    } = props;
    this.handler = new JourneyFunction(this, "Function", foundation, {
      name: "advance",
      description: "Walks a customer through the components of a journey up to the next wait",
      timeout: Duration.seconds(60),
      environment: {
        ...foundation.environment,
        TEMPLATES_TABLE: foundation.tables.templates.tableName,
        EVENT_BUS_NAME: bus.bus.eventBusName,
        CONFIGURATION_SET: mail.configurationSetName,
        UNSUBSCRIBE_URL: unsubscribeUrl,
        SIGNING_SECRET_ARN: unsubscribe.signingSecret.secretArn,
        ADDRESS_KEY_ARN: addressKey.key.secretArn,
        SENDER: sender && JSON.stringify(sender),
        LIMITS: limits && JSON.stringify(limits),
        SMS: sms && JSON.stringify(sms.setting),
        WHATSAPP: whatsapp && JSON.stringify(whatsapp.setting),
        MAIL_RATE: mailRate === undefined ? undefined : String(mailRate),
      },
      failure: {
        forCustomers:
          "customers whose next step is due do not go on. Each step is retried for about an hour; then the customer leaves the journey as failed. A throttled step is retried until it succeeds.",
        doFirst:
          "read the log of advance. ThrottledError with AccessDeniedException: advance lacks a right, or AWS does not let the account send. If a policy has changed, undo the change; otherwise ask AWS Support. Messages wait, and each is sent once after the cause is gone. Any other ThrottledError: journeys ask for more messages than AWS allows. Ask AWS for a higher quota, then set mailRate, or the rate of sms, to it. If another error began with a deployment, undo that deployment.",
      },
    });
    foundation.tables.allow(
      this.handler,
      "readJourneys",
      "readTemplates",
      "readCustomers",
      "readEvents",
      "keepEvents",
      "writeCustomers",
      "checkCustomers",
      "count",
      "readBreakers",
    );
    mail.allowSending(this.handler);
    sms?.allowSending(this.handler);
    whatsapp?.allowSending(this.handler);
    bus.allowPublishing(this.handler);
    unsubscribe.allowSigning(this.handler);
    addressKey.allowReading(this.handler);
  }
}
