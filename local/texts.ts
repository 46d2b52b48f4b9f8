/** The text messages that were sent through an engine, the reports about them, and the opt-out list. */
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";

const text = z.object({
  messageId: z.string(),
  account: z.string(),
  sentAt: z.string(),
  to: z.string(),
  sender: z.string(),
  text: z.string(),
  type: z.string(),
  context: z.record(z.string(), z.string()),
});
export type Text = z.infer<typeof text>;

/** A setting `sms` for a stack in an engine, which does not ask whether the sender exists. */
export function textSetting(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ sender: "arn:aws:sms-voice:eu-central-1:111122223333:pool/shop", ...more });
}

/** The text messages in the order in which they were sent. */
export async function texts({ endpoint, account }: Engine): Promise<readonly Text[]> {
  const response = await fetch(`${endpoint}/_local/texts`);
  return z
    .array(text)
    .parse(await response.json())
    .filter((each) => each.account === account);
}

/** Makes the service send a report, such as `TEXT_DELIVERED`. */
export async function reportText(
  { endpoint }: Engine,
  { messageId }: Pick<Text, "messageId">,
  kind: string,
): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/texts/${messageId}/${kind}`, { method: "POST" });
  if (!ok) throw new Error(`Nothing was reported: ${status}.`);
}

/** The owner of the number wants no more text messages: the service refuses them from now on. */
export async function optOut({ endpoint }: Engine, number: string): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/texts/opt-out/${encodeURIComponent(number)}`, {
    method: "POST",
  });
  if (!ok) throw new Error(`The number was not opted out: ${status}.`);
}

/** From now on the service reports only what `reportText` asks for. */
export async function silenceTexts({ endpoint }: Engine): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/texts/reports/off`, { method: "POST" });
  if (!ok) throw new Error(`The reports were not switched off: ${status}.`);
}

/** A person answers: the service publishes the text to the topic of the stack. `id`: the service's id of the message. */
export async function answerText(
  { endpoint }: Engine,
  said: { readonly topic: string; readonly from: string; readonly text: string; readonly id?: string },
): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/texts/answers`, {
    method: "POST",
    body: JSON.stringify(said),
  });
  if (!ok) throw new Error(`The answer was not published: ${status}.`);
}
