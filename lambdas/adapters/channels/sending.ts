/** The ports of `advance` that send messages: the service of each channel, and the rate at which it is used. */
import type * as z from "zod/mini";
import type { Ports } from "../../app/ports.ts";
import { wallClock } from "../clock.ts";
import { dynamodbSendRate } from "../dynamodb/send-rate.ts";
import type { environments } from "../environment.ts";
import { ses } from "../ses.ts";
import { endUserMessaging } from "../sms/end-user-messaging.ts";
import { smsOfStack } from "../sms/sms-setting.ts";

type Environment = z.output<(typeof environments)["advance"]>;

export function sendingPorts(environment: Environment): Pick<Ports, "mail" | "sms" | "sendRate"> {
  const { CONFIGURATION_SET, MAIL_RATE, COUNTERS_TABLE, TIME_SCALE } = environment;
  const sms = smsOfStack(environment.SMS);
  return {
    mail: ses(CONFIGURATION_SET),
    // The configuration set names the stack: no other stack of the account has it.
    sms: endUserMessaging(sms, CONFIGURATION_SET),
    sendRate: dynamodbSendRate(COUNTERS_TABLE, { email: MAIL_RATE, sms: sms?.rate }, wallClock(TIME_SCALE).now),
  };
}
