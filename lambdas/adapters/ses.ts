/**
 * Email through SES v2. One attempt only: SES has no idempotency token, so a retry after a time-out may be a second
 * email. Who the message belongs to goes along as tags and comes back in every report about it.
 */
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { ThrottledError } from "../app/errors.ts";
import type { Mail } from "../app/ports.ts";
import { messageTags } from "./message-tags.ts";

const client = new SESv2Client({ maxAttempts: 1 });

/** SES took nothing, and may take it later. */
const throttles = new Set([
  "TooManyRequestsException",
  "LimitExceededException",
  "ThrottlingException",
  "Throttling",
  "SendingPausedException",
  // Rights that are not there yet, or not any more: whoever mends them wants the message sent.
  "AccessDeniedException",
]);
/** SES took nothing, and never will. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
const refusals = new Set([
  "MessageRejected",
  "BadRequestException",
  "MailFromDomainNotVerifiedException",
  "AccountSuspendedException",
  "NotFoundException",
]);

const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });

/** One click in the mail program: https://www.rfc-editor.org/rfc/rfc8058 */
function unsubscribeHeaders(url: string) {
  return [
    { Name: "List-Unsubscribe", Value: `<${url}>` },
    { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
  ];
}

export function ses(configurationSet: string): Mail {
  return {
    async send({ to, from, replyTo, subject, html, text, unsubscribeUrl }, claim) {
      try {
        await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: to === undefined ? [] : [to] },
            ReplyToAddresses: [...replyTo],
            ConfigurationSetName: configurationSet,
            EmailTags: messageTags(claim),
            Content: {
              Simple: {
                Subject: utf8(subject),
                ...(unsubscribeUrl !== undefined && { Headers: unsubscribeHeaders(unsubscribeUrl) }),
                Body: {
                  ...(html !== undefined && { Html: utf8(html) }),
                  ...(text !== undefined && { Text: utf8(text) }),
                },
              },
            },
          }),
        );
        return { sent: true };
      } catch (error) {
        const { name, message } = error as Error;
        if (throttles.has(name)) throw new ThrottledError(message, { cause: error });
        if (refusals.has(name)) return { sent: false, reason: name };
        throw error;
      }
    },
  };
}
