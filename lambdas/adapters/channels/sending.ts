/**
 * The ports of `advance` that send messages: the service of each channel, and the rate at which it is used. A stack without
 * text messages or WhatsApp does not load their clients, so its cold starts are no slower.
 */
import type * as z from "zod/mini";
import type { Ports } from "../../app/ports.ts";
import type { Time } from "../../domain/time/time.ts";
import { wallClock } from "../clock.ts";
import { dynamodbSendRate } from "../dynamodb/sending/send-rate.ts";
import type { environments } from "../environment.ts";
import { ses } from "../ses.ts";

type Environment = z.output<(typeof environments)["advance"]>;

type Sending = "mail" | "sms" | "whatsapp" | "sentIds" | "sendRate";

export async function sendingPorts(environment: Environment): Promise<Pick<Ports, Sending>> {
  const { CONFIGURATION_SET, MAIL_RATE, COUNTERS_TABLE, TIME_SCALE } = environment;
  const { now } = wallClock(TIME_SCALE);
  const { sms, rate } = await textMessages(environment);
  const { whatsapp, rate: whatsappRate } = await whatsappMessages(environment);
  return {
    mail: ses(CONFIGURATION_SET),
    sms,
    whatsapp,
    sentIds: sms || whatsapp ? await idsOfServices(COUNTERS_TABLE, now) : undefined,
    sendRate: dynamodbSendRate(COUNTERS_TABLE, { email: MAIL_RATE, sms: rate, whatsapp: whatsappRate }, now),
  };
}

async function textMessages({ SMS, CONFIGURATION_SET }: Environment) {
  if (SMS === undefined) return { sms: undefined, rate: undefined };
  const { smsChannel } = await import("../sms/sms-channel.ts");
  // The configuration set names the stack: no other stack of the account has it.
  return smsChannel(SMS, CONFIGURATION_SET);
}

async function whatsappMessages({ WHATSAPP }: Environment) {
  if (WHATSAPP === undefined) return { whatsapp: undefined, rate: undefined };
  const { whatsappChannel } = await import("../whatsapp/whatsapp-channel.ts");
  return whatsappChannel(WHATSAPP);
}

/** The table of counters also holds the ids that a service gives to messages. */
async function idsOfServices(table: string, now: () => Time) {
  const { dynamodbSentIds } = await import("../dynamodb/sending/sent-ids.ts");
  return dynamodbSentIds(table, now);
}
