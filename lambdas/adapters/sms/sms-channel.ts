/** The channel `sms` of a stack that has it. advance loads this file, and the client with it, only in such a stack. */
import type { Time } from "../../domain/time/time.ts";
import { dynamodbSentIds } from "../dynamodb/sending/sent-ids.ts";
import { endUserMessaging } from "./end-user-messaging.ts";
import { smsOfStack } from "./sms-setting.ts";

/**
 * `stack`: a text by which the reports about messages of this stack are selected. `counters`: the table of counters, which
 * also holds the ids that the service gives to messages.
 */
export function smsChannel(variable: string, stack: string, counters: string, now: () => Time) {
  const setting = smsOfStack(variable);
  return { sms: endUserMessaging(setting, stack), sentIds: dynamodbSentIds(counters, now), rate: setting.rate };
}
