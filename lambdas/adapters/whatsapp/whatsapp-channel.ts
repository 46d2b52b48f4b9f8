/** The channel `whatsapp` of a stack that has it. advance loads this file, and the client with it, only in such a stack. */
import { socialMessaging } from "./social-messaging.ts";
import { whatsappOfStack } from "./whatsapp-setting.ts";

export function whatsappChannel(variable: string) {
  const setting = whatsappOfStack(variable);
  return { whatsapp: socialMessaging(setting), rate: setting.rate };
}
