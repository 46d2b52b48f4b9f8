/** The channel `sms` of a stack that has it. advance loads this file, and the client with it, only in such a stack. */
import { endUserMessaging } from "./end-user-messaging.ts";
import { smsOfStack } from "./sms-setting.ts";

/** `stack`: a text by which the reports about messages of this stack are selected. */
export function smsChannel(variable: string, stack: string) {
  const setting = smsOfStack(variable);
  return { sms: endUserMessaging(setting, stack), rate: setting.rate };
}
