/**
 * Sends a test mail through SES, with the rights of the person who asks for it. The request is the same as for a
 * customer's mail, but has no configuration set and no tags. So SES reports nothing about a test mail, and a test never
 * counts for a journey.
 */
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { emailOf } from "../../lambdas/adapters/email.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { ClientSettings } from "./tables.ts";

/** By this header a mail program, or a person who reads the source, tells a test from a mail to a customer. */
const HEADER = { Name: "X-Customer-Journeys-Test", Value: "true" };

/** One attempt, as for customers: a retry after a time-out may be a second mail. */
export function sesTest(settings: ClientSettings, client = new SESv2Client({ ...settings, maxAttempts: 1 })) {
  return async (message: OutgoingMessage): Promise<string | undefined> => {
    try {
      await client.send(new SendEmailCommand(requestOf(message)));
      return undefined;
    } catch (error) {
      const { name, message: why } = error as Error;
      if (refusals.has(name)) return why;
      throw error;
    }
  };
}

const refusals = new Set([
  "MessageRejected",
  "BadRequestException",
  "MailFromDomainNotVerifiedException",
  "AccountSuspendedException",
  "SendingPausedException",
]);

const nobody = { customerId: "", enrollmentId: "", journeyId: "", componentId: "", messageId: "" };

function requestOf(message: OutgoingMessage): SendEmailCommandInput {
  const { FromEmailAddress, Destination, ReplyToAddresses, Content } = emailOf(message, nobody, "");
  const { Simple } = Content;
  const Headers = [...(Simple.Headers ?? []), HEADER];
  return { FromEmailAddress, Destination, ReplyToAddresses, Content: { Simple: { ...Simple, Headers } } };
}
