/** The client of AWS End User Messaging Social. One attempt only: a retry after a time-out may be a second message. */
import {
  SendWhatsAppMessageCommand,
  type SendWhatsAppMessageCommandInput,
  SocialMessagingClient,
} from "@aws-sdk/client-socialmessaging";
import { once } from "../services/time-outs.ts";

const client = new SocialMessagingClient({ maxAttempts: 1, ...once });

/** The service's id of the message. */
export async function sendWhatsapp(input: SendWhatsAppMessageCommandInput): Promise<string | undefined> {
  const { messageId } = await client.send(new SendWhatsAppMessageCommand(input));
  return messageId;
}
