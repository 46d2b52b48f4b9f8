/** The WhatsApp messages that were sent through an engine, the reports about them, and what persons write. */
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";

const message = z.object({
  messageId: z.string(),
  account: z.string(),
  sentAt: z.string(),
  to: z.string(),
  sender: z.string(),
  version: z.string(),
  /** The message in Meta's form. */
  message: z.record(z.string(), z.unknown()),
});
export type WhatsappMessage = z.infer<typeof message>;

/** A setting `whatsapp` for a stack in an engine. The engine does not check whether the number exists. */
export function whatsappSetting(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ phoneNumberId: "phone-number-id-976c72a700aac43eaf573ae050example", ...more });
}

/** The messages in the order in which they were sent. */
export async function whatsappMessages({ endpoint, account }: Engine): Promise<readonly WhatsappMessage[]> {
  const response = await fetch(`${endpoint}/_local/whatsapp`);
  return z
    .array(message)
    .parse(await response.json())
    .filter((each) => each.account === account);
}

/** Makes the service send a report, such as `Read`, or `Failed:131049` with a code of Meta. */
export async function reportWhatsapp(
  { endpoint }: Engine,
  { messageId }: Pick<WhatsappMessage, "messageId">,
  kind: string,
): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/whatsapp/${messageId}/${kind}`, { method: "POST" });
  if (!ok) throw new Error(`Nothing was reported: ${status}.`);
}

/** What a person writes by WhatsApp. */
export interface Written {
  /** The topic of the stack. */
  readonly topic: string;
  readonly from: string;
  readonly text: string;
  /** The service's id of the message. */
  readonly id?: string;
  /** The message that the person answers. */
  readonly answers?: Pick<WhatsappMessage, "messageId">;
  /** When the person wrote, if not just now. */
  readonly time?: Date;
}

/** A person writes: the service publishes the text to the topic of the stack. */
export async function writeWhatsapp({ endpoint }: Engine, { from, answers, time, ...said }: Written): Promise<void> {
  const body = JSON.stringify({
    ...said,
    from: from.replace("+", ""),
    ...(answers && { answers: answers.messageId }),
    ...(time && { seconds: Math.floor(time.getTime() / 1000) }),
  });
  const { ok, status } = await fetch(`${endpoint}/_local/whatsapp/messages`, { method: "POST", body });
  if (!ok) throw new Error(`The message was not published: ${status}.`);
}

/** From now on the service reports only what `reportWhatsapp` asks for. */
export async function silenceWhatsapp({ endpoint }: Engine): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/whatsapp/reports/off`, { method: "POST" });
  if (!ok) throw new Error(`The reports were not switched off: ${status}.`);
}
