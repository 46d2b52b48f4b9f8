/** The text messages that were sent through an engine, the reports about them, and the opt-out list. */
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";
import { messageService, sentMessage } from "./message-service.ts";

const text = z.object({
  ...sentMessage,
  sender: z.string(),
  text: z.string(),
  type: z.string(),
  context: z.record(z.string(), z.string()),
});
export type Text = z.infer<typeof text>;

const service = messageService("texts", text);
/** A kind of report is a type of event, such as `TEXT_DELIVERED`. */
export const { sent: texts, report: reportText, silence: silenceTexts, throttle: throttleTexts } = service;

/** A setting `sms` for a stack in an engine, which does not ask whether the sender exists. */
export function textSetting(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ sender: "arn:aws:sms-voice:eu-central-1:111122223333:pool/shop", ...more });
}

/** The owner of the number wants no more text messages: the service refuses them from now on. */
export async function optOut(engine: Engine, number: string): Promise<void> {
  await service.ask(engine, `opt-out/${encodeURIComponent(number)}`);
}

/** What a person answers. */
export interface Answer {
  /** The topic of the stack. */
  readonly topic: string;
  readonly from: string;
  readonly text: string;
  /** The service's id of the message. */
  readonly id?: string;
  /** The message that the person answers. */
  readonly answers?: { readonly messageId: string };
}

/** A person answers: the service publishes the text to the topic of the stack. */
export async function answerText(engine: Engine, { answers, ...said }: Answer): Promise<void> {
  await service.ask(engine, "answers", { ...said, ...(answers && { answers: answers.messageId }) });
}
