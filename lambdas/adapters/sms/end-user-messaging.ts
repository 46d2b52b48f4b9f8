/**
 * Text messages through AWS End User Messaging. The context of a message names the customer and the message; every report
 * about the message carries it.
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
import { QuotaError } from "../../app/errors.ts";
import type { Sms } from "../../app/sending-ports.ts";
import { MOST_SMS_CHARACTERS } from "../../domain/messages/text-length.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { nameOf, ServiceError, throttled } from "../services/errors.ts";
import type { SmsSetting } from "./sms-setting.ts";
import { sendText } from "./text-client.ts";
import { textOf } from "./text-message.ts";

/**
 * The service did not accept the message, and may accept it later. `AccessDeniedException`: a right is missing, or the
 * account may not send, as its reason says. As with emails, the message waits and the alarm rings, because an admin can
 * cure the cause, and no customer then misses a message.
 */
const throttles = new Set(["ThrottlingException", "AccessDeniedException"]);
const refusals = new Set(["ConflictException", "ResourceNotFoundException", "ValidationException"]);

/** `stack`: a text by which the reports about messages of this stack are selected. */
export function endUserMessaging(setting: SmsSetting, stack: string): Sms {
  return {
    async send(message, claim) {
      if ((message.text ?? "").length > MOST_SMS_CHARACTERS) return refused("too-large");
      try {
        const serviceId = await sendText(textOf(message, claim, setting, stack));
        // Only an answer needs the id, because a report carries the claim.
        return { sent: true, ...(setting.inbound && { serviceId }) };
      } catch (error) {
        const [name, reason] = [nameOf(error), reasonOf(error)];
        if (name === "ServiceQuotaExceededException" && /^MONTHLY_SPEND_LIMIT/.test(reason ?? ""))
          throw new QuotaError("The spending limit of text messages is used up.", { cause: error });
        if (throttles.has(name) || name === "ServiceQuotaExceededException")
          throw throttled("End User Messaging", error, reason);
        if (!refusals.has(name)) throw new ServiceError("End User Messaging", error);
        return reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT" ? refused("opted-out") : refused(reason ?? name);
      }
    },
  };
}

function refused(reason: SendReason | (string & {})) {
  return { sent: false, reason } as const;
}

/** The service's own reason, such as `PRICE_OVER_THRESHOLD`. */
function reasonOf(error: unknown): string | undefined {
  const { Reason } = error as { Reason?: unknown };
  return typeof Reason === "string" && /^[A-Z_]{1,100}$/.test(Reason) ? Reason : undefined;
}
