/** The emails that were sent through an engine, and the actions of their readers. */
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";

const mail = z.object({
  messageId: z.string(),
  account: z.string(),
  sentAt: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  html: z.nullable(z.string()),
  text: z.nullable(z.string()),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  tags: z.record(z.string(), z.array(z.string())),
  configurationSet: z.string(),
});
export type Mail = z.infer<typeof mail>;

/** The reports of SES about an email. Unless the clock is held, SES reports the delivery by itself. */
export type Report = "Delivery" | "Open" | "Click" | "Bounce" | "Complaint";

/** The emails in the order in which they were sent. */
export async function mails({ endpoint, account }: Engine): Promise<readonly Mail[]> {
  const response = await fetch(`${endpoint}/_local/mail`);
  const all = z.array(mail).parse(await response.json());
  return all.filter((each) => each.account === account);
}

/** Makes SES send a report, as it does after the reader's action. */
export async function report({ endpoint }: Engine, { messageId }: Mail, kind: Report): Promise<void> {
  const response = await fetch(`${endpoint}/_local/mail/${messageId}/${kind}`, { method: "POST" });
  const answer = z.object({ reported: z.optional(z.boolean()) }).parse(await response.json());
  if (answer.reported !== true)
    throw new Error(`Nobody wants to hear of ${kind}: the message's configuration set has no such destination.`);
}

/** Sets the total number of emails that SES accepts. Then SES refuses emails as it does after the daily quota. */
export async function limitMails({ endpoint }: Engine, most: number): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/mail/quota/${most}`, { method: "POST" });
  if (!ok) throw new Error(`The quota was not set: ${status}.`);
}

/** Verifies a domain or an address as a sender. The emulator asks for no proof of ownership. */
export async function allowSender({ client }: Engine, identity: string): Promise<void> {
  await new SESv2Client(client).send(new CreateEmailIdentityCommand({ EmailIdentity: identity }));
}
