/**
 * The ports of `advance` that send messages: the service of each channel, and the rate at which it is used. A stack without
 * text messages does not load their client, so its cold starts are no slower.
 */
import type * as z from "zod/mini";
import type { Ports } from "../../app/ports.ts";
import { wallClock } from "../clock.ts";
import { dynamodbSendRate } from "../dynamodb/send-rate.ts";
import type { environments } from "../environment.ts";
import { ses } from "../ses.ts";

type Environment = z.output<(typeof environments)["advance"]>;

export async function sendingPorts(environment: Environment): Promise<Pick<Ports, "mail" | "sms" | "sendRate">> {
  const { CONFIGURATION_SET, MAIL_RATE, COUNTERS_TABLE, TIME_SCALE } = environment;
  const { sms, rate } = await textMessages(environment);
  return {
    mail: ses(CONFIGURATION_SET),
    sms,
    sendRate: dynamodbSendRate(COUNTERS_TABLE, { email: MAIL_RATE, sms: rate }, wallClock(TIME_SCALE).now),
  };
}

async function textMessages({ SMS, CONFIGURATION_SET }: Environment) {
  if (SMS === undefined) return { sms: undefined, rate: undefined };
  const { smsChannel } = await import("../sms/sms-channel.ts");
  // The configuration set names the stack: no other stack of the account has it.
  return smsChannel(SMS, CONFIGURATION_SET);
}
