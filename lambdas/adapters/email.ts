/**
 * The request to SES for one message: both parts in UTF-8 and one recipient. The tags name the customer, the journey and
 * the message, and every report about the mail carries them. SES makes the MIME message.
 */
import type { Message, SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import type { Claim } from "../app/sending-ports.ts";
import type { OutgoingMessage } from "../domain/walk/outcome.ts";
import { mailAddress } from "./mail-address.ts";
import { messageTags } from "./message-tags.ts";

const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });

/** Let a customer unsubscribe with one click in the mail program: https://www.rfc-editor.org/rfc/rfc8058 */
function unsubscribeHeaders(url: string) {
  return [
    { Name: "List-Unsubscribe", Value: `<${url}>` },
    { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
  ];
}

export function emailOf(
  { to, addressHash, from, replyTo, subject, html, text, unsubscribeUrl }: OutgoingMessage,
  claim: Claim,
  configurationSet: string,
): SendEmailCommandInput & { readonly Content: { readonly Simple: Message } } {
  return {
    FromEmailAddress: from === undefined ? undefined : mailAddress(from),
    Destination: { ToAddresses: to === undefined ? [] : [mailAddress(to)] },
    ReplyToAddresses: replyTo.map(mailAddress),
    ConfigurationSetName: configurationSet,
    EmailTags: messageTags(claim, addressHash),
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
  };
}
