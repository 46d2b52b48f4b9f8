/**
 * The client of AWS End User Messaging. One attempt only: a retry after a time-out may be a second message.
 */
import {
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  type SendTextMessageCommandInput,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { once } from "../services/time-outs.ts";

const client = new PinpointSMSVoiceV2Client({ maxAttempts: 1, ...once });

/** The service's id of the message. */
export async function sendText(input: SendTextMessageCommandInput): Promise<string | undefined> {
  const { MessageId } = await client.send(new SendTextMessageCommand(input));
  return MessageId;
}
