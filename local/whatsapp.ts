/** The WhatsApp messages that were sent through an engine, the reports about them, and what persons write. */
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";
import { messageService, sentMessage } from "./message-service.ts";
import type { Answer } from "./texts.ts";

const message = z.object({
  ...sentMessage,
  sender: z.string(),
  version: z.string(),
  /** The message in Meta's form. */
  message: z.record(z.string(), z.unknown()),
});
export type WhatsappMessage = z.infer<typeof message>;

const service = messageService("whatsapp", message);
export const {
  sent: whatsappMessages,
  /** A kind of report is such as `Read`, or `Failed:131049` with a code of Meta. */
  report: reportWhatsapp,
  silence: silenceWhatsapp,
  throttle: throttleWhatsapp,
} = service;

/** A setting `whatsapp` for a stack in an engine. The engine does not check whether the number exists. */
export function whatsappSetting(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ phoneNumberId: "phone-number-id-976c72a700aac43eaf573ae050example", ...more });
}

/** What a person writes by WhatsApp. */
export interface Written extends Answer {
  /** When the person wrote, if not just now. */
  readonly time?: Date;
}

/** A person writes: the service publishes the text to the topic of the stack. */
export async function writeWhatsapp(engine: Engine, { from, answers, time, ...said }: Written): Promise<void> {
  await service.ask(engine, "answers", {
    ...said,
    from: from.replace("+", ""),
    ...(answers && { answers: answers.messageId }),
    ...(time && { seconds: Math.floor(time.getTime() / 1000) }),
  });
}
