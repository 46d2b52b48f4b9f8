/**
 * Email through SES v2. One attempt only: SES has no idempotency token, so a retry after a time-out may be a second
 * email.
 */
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { QuotaError } from "../app/errors.ts";
import type { Mail } from "../app/sending-ports.ts";
import type { SendReason } from "../domain/reasons/reason.ts";
import { emailOf } from "./email.ts";
import { ServiceError, throttled } from "./services/errors.ts";
import { once } from "./services/time-outs.ts";

const client = new SESv2Client({ maxAttempts: 1, ...once });

/** SES did not accept the message, and may accept it later. */
const throttles = new Set([
  "TooManyRequestsException",
  "LimitExceededException",
  "ThrottlingException",
  "Throttling",
  "SendingPausedException",
  // A missing right: once an admin grants it, the message should go out.
  "AccessDeniedException",
]);
/** SES did not accept the message, and never will. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
const refusals = new Set([
  "MessageRejected",
  "BadRequestException",
  "MailFromDomainNotVerifiedException",
  "AccountSuspendedException",
  "NotFoundException",
]);

export function ses(configurationSet: string): Mail {
  return {
    async send(message, claim) {
      try {
        await client.send(new SendEmailCommand(emailOf(message, claim, configurationSet)));
        return { sent: true };
      } catch (error) {
        const { name, message: why } = error as Error;
        if (/daily message quota exceeded/i.test(why))
          throw new QuotaError("The daily sending quota of SES is used up.", { cause: error });
        if (throttles.has(name)) throw throttled("SES", error);
        if (!refusals.has(name)) throw new ServiceError("SES", error);
        return { sent: false, reason: /suppression list/i.test(why) ? ("suppressed" satisfies SendReason) : name };
      }
    },
  };
}
