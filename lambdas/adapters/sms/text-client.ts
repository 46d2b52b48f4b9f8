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

export async function sendText(input: SendTextMessageCommandInput): Promise<void> {
  await client.send(new SendTextMessageCommand(input));
}
