/**
 * WhatsApp messages through AWS End User Messaging Social. A request carries nothing by which a report finds the
 * message, so the answer's id is stored (`dynamodb/sending/sent-ids.ts`).
 * https://docs.aws.amazon.com/social-messaging/latest/APIReference/API_SendWhatsAppMessage.html
 */
import type { Whatsapp } from "../../app/sending-ports.ts";
import { MOST_WHATSAPP_CHARACTERS } from "../../domain/messages/text-length.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { nameOf, ServiceError, throttled } from "../services/errors.ts";
import { metaMessage } from "./meta-message.ts";
import { sendWhatsapp } from "./whatsapp-client.ts";
import { META_API_VERSION, type WhatsappSetting } from "./whatsapp-setting.ts";

/**
 * The service did not accept the message, and may accept it later. `AccessDeniedException`: the service accepts the
 * message after an admin has granted the right.
 */
const throttles = new Set(["ThrottledRequestException", "ThrottlingException", "AccessDeniedException"]);
const refusals = new Set(["InvalidParametersException", "ResourceNotFoundException", "ValidationException"]);

export function socialMessaging({ phoneNumberId, metaApiVersion = META_API_VERSION }: WhatsappSetting): Whatsapp {
  return {
    async send(message) {
      if ((message.text ?? "").length > MOST_WHATSAPP_CHARACTERS)
        return { sent: false, reason: "too-large" satisfies SendReason };
      try {
        const serviceId = await sendWhatsapp({
          originationPhoneNumberId: phoneNumberId,
          message: new TextEncoder().encode(JSON.stringify(metaMessage(message))),
          metaApiVersion,
        });
        return { sent: true, serviceId };
      } catch (error) {
        const name = nameOf(error);
        if (throttles.has(name)) throw throttled("End User Messaging Social", error);
        if (refusals.has(name)) return { sent: false, reason: name };
        throw new ServiceError("End User Messaging Social", error);
      }
    },
  };
}
