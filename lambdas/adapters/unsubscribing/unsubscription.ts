/**
 * The request of the public page to the function that stores unsubscriptions. The page passes on the signed link
 * itself, not the customer in it, and the function verifies the link again: it stores nothing that this stack has not
 * signed.
 */
import * as z from "zod/mini";
import { type Recipient, recipientOf } from "../../domain/customer/unsubscribe-link.ts";
import type { AcceptedSecrets } from "../secret.ts";

const schema = z.strictObject({
  token: z.string(),
  /** Whether the customer unsubscribes from all marketing, even if the link names a topic. */
  everything: z.boolean(),
});

export type Unsubscription = Readonly<z.output<typeof schema>>;

/** `undefined` when this stack did not sign the token. */
export async function signedRecipient(token: string, secrets: AcceptedSecrets): Promise<Recipient | undefined> {
  return signedBy(await secrets.values(), token) ?? signedBy(await secrets.values(true), token);
}

function signedBy(secrets: readonly string[], token: string): Recipient | undefined {
  return secrets.map((secret) => recipientOf(token, secret)).find((recipient) => recipient !== undefined);
}

/** The customer and topic to unsubscribe. @throws when the request has another form, or no link of this stack. */
export async function verified(request: unknown, secrets: AcceptedSecrets): Promise<Recipient> {
  const { success, data } = z.safeParse(schema, request);
  const recipient = success ? await signedRecipient(data.token, secrets) : undefined;
  if (!success || !recipient) throw new Error("The request holds no unsubscribe link that this stack signed.");
  return data.everything ? { customerId: recipient.customerId } : recipient;
}
