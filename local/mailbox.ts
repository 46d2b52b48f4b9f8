/** Everybody's mailbox: the emails that were sent through an engine, and what their readers do with them. */
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

/** What SES may report of an email. That it was delivered it reports by itself, unless the clock is held. */
export type Report = "Delivery" | "Open" | "Click" | "Bounce" | "Complaint";

/** In the order in which they were sent. */
export async function mails({ endpoint, account }: Engine): Promise<readonly Mail[]> {
  const response = await fetch(`${endpoint}/_local/mail`);
  const all = z.array(mail).parse(await response.json());
  return all.filter((each) => each.account === account);
}

/** Lets SES report it, as it would after the reader's deed. */
export async function report({ endpoint }: Engine, { messageId }: Mail, kind: Report): Promise<void> {
  const response = await fetch(`${endpoint}/_local/mail/${messageId}/${kind}`, { method: "POST" });
  const answer = z.object({ reported: z.optional(z.boolean()) }).parse(await response.json());
  if (answer.reported !== true)
    throw new Error(`Nobody wants to hear of ${kind}: the message's configuration set has no such destination.`);
}

/** So many mails in all may be sent; SES refuses what is more, as it does when a day's quota is used up. */
export async function limitMails({ endpoint }: Engine, most: number): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/_local/mail/quota/${most}`, { method: "POST" });
  if (!ok) throw new Error(`The quota was not set: ${status}.`);
}

/** Lets a domain or an address send. There is nothing to verify here: whoever says it is theirs is believed. */
export async function allowSender({ client }: Engine, identity: string): Promise<void> {
  await new SESv2Client(client).send(new CreateEmailIdentityCommand({ EmailIdentity: identity }));
}
