/** The request for one text message, and the context by which a report finds the message. */
import type { SendTextMessageCommandInput } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { Claim } from "../../app/sending-ports.ts";
import type { OutgoingMessage } from "../../domain/walk/outcome.ts";
import type { SmsSetting } from "./sms-setting.ts";

export function textOf(
  { to, text, class: kind, addressHash }: OutgoingMessage,
  { customerId, messageId }: Claim,
  { sender, maxPrice, timeToLive, protectConfigurationId, dryRun }: SmsSetting,
  stack: string,
): SendTextMessageCommandInput {
  return {
    DestinationPhoneNumber: to,
    OriginationIdentity: sender,
    MessageBody: text ?? "",
    MessageType: kind === "marketing" ? "PROMOTIONAL" : "TRANSACTIONAL",
    // A customer's id may have characters that a context does not take.
    Context: {
      stack,
      customer: Buffer.from(customerId, "utf8").toString("base64url"),
      message: messageId,
      ...(addressHash !== undefined && { address: addressHash }),
    },
    ...(maxPrice !== undefined && { MaxPrice: maxPrice.toFixed(5).replace(/0+$/, "").replace(/\.$/, "") }),
    ...(timeToLive !== undefined && { TimeToLive: timeToLive }),
    ...(protectConfigurationId !== undefined && { ProtectConfigurationId: protectConfigurationId }),
    ...(dryRun && { DryRun: true }),
  };
}
