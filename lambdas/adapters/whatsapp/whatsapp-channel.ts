/** The channel `whatsapp` of a stack that has it. advance loads this file, and the client with it, only in such a stack. */
import type { Time } from "../../domain/time/time.ts";
import { dynamodbSentIds } from "../dynamodb/sending/sent-ids.ts";
import { socialMessaging } from "./social-messaging.ts";
import { whatsappOfStack } from "./whatsapp-setting.ts";

/** `counters`: the table of counters, which also holds the ids that the service gives to messages. */
export function whatsappChannel(variable: string, counters: string, now: () => Time) {
  const setting = whatsappOfStack(variable);
  return { whatsapp: socialMessaging(setting), sentIds: dynamodbSentIds(counters, now), rate: setting.rate };
}
