/** The request to SES, and the meaning of each error. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ses } from "../../lambdas/adapters/ses.ts";
import { QuotaError, ThrottledError } from "../../lambdas/app/errors.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import { cutConnection, Fault, Loopback } from "../wired/aws/loopback.ts";

const message: OutgoingMessage = {
  template: "hello",
  channel: "email",
  class: "marketing",
  to: "ann@shop.example",
  from: "Shop <hello@shop.example>",
  replyTo: ["help@shop.example"],
  subject: "Grüße",
  html: "<p>Hello</p>",
  text: "Hello",
  unsubscribeUrl: "https://unsubscribe.example/?token=t",
};
const claim = { customerId: "c-1", enrollmentId: "e", journeyId: "j", componentId: "mail", messageId: "e-0" };

let aws: Loopback;
beforeAll(async () => {
  // With the number of attempts of production: the tests check that it is one.
  aws = await Loopback.start();
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const mail = ses("the-set");

const asked = {
  FromEmailAddress: "Shop <hello@shop.example>",
  Destination: { ToAddresses: ["ann@shop.example"] },
  ReplyToAddresses: ["help@shop.example"],
  ConfigurationSetName: "the-set",
  EmailTags: [
    { Name: "message", Value: "e-0" },
    { Name: "journey", Value: "j" },
    { Name: "customer0", Value: "Yy0x" },
  ],
  Content: {
    Simple: {
      Subject: { Data: "Grüße", Charset: "UTF-8" },
      Headers: [
        { Name: "List-Unsubscribe", Value: "<https://unsubscribe.example/?token=t>" },
        { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
      ],
      Body: { Html: { Data: "<p>Hello</p>", Charset: "UTF-8" }, Text: { Data: "Hello", Charset: "UTF-8" } },
    },
  },
};

describe("the request contains", () => {
  test("a message with its configuration set, its tags and its headers", async () => {
    expect(await mail.send(message, claim)).toEqual({ sent: true });
    expect(aws.of("SendEmail")).toEqual([asked]);
  });

  test("a message without a link, of text alone", async () => {
    const { unsubscribeUrl: _, html: __, ...plain } = message;
    await mail.send({ ...plain, class: "transactional", replyTo: [] }, claim);
    const { Subject, Body } = asked.Content.Simple;
    expect(aws.of("SendEmail")).toEqual([
      { ...asked, ReplyToAddresses: [], Content: { Simple: { Subject, Body: { Text: Body.Text } } } },
    ]);
  });
});

test.each([
  ["TooManyRequestsException", "Too many requests.", 429],
  ["LimitExceededException", "The message count limit is reached.", 400],
  ["ThrottlingException", "Maximum sending rate exceeded.", 400],
  ["Throttling", "Maximum sending rate exceeded.", 400],
  ["SendingPausedException", "Sending is paused for this account.", 400],
  ["AccessDeniedException", "User is not authorized to perform ses:SendEmail.", 403],
])("%s is a throttle: the message is sent later", async (name, text, status) => {
  aws.fail("SendEmail", new Fault(name, text, status));
  const error = await mail.send(message, claim).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ThrottledError);
  expect(error).not.toBeInstanceOf(QuotaError);
  expect(error).toMatchObject({ message: `SES answered ${name}.`, cause: { name, message: text } });
  expect(aws.of("SendEmail")).toHaveLength(1);
});

test.each([
  ["MessageRejected", 400],
  ["BadRequestException", 400],
  ["MailFromDomainNotVerifiedException", 400],
  ["AccountSuspendedException", 400],
  ["NotFoundException", 404],
])("%s is a permanent refusal: the customer goes on without the message", async (reason, status) => {
  aws.fail("SendEmail", new Fault(reason, "for good", status));
  expect(await mail.send(message, claim)).toEqual({ sent: false, reason });
  expect(aws.of("SendEmail")).toHaveLength(1);
});

test.each([
  ["InternalServiceErrorException", new Fault("InternalServiceErrorException", "sorry", 500)],
  ["ServiceUnavailable", new Fault("ServiceUnavailable", "no", 503)],
  ["TimeoutError", cutConnection],
  ["an error that is not known yet", new Fault("BrandNewException")],
])("%s leaves it open whether the message was sent: it is neither a refusal nor a throttle", async (name, fault) => {
  aws.fail("SendEmail", fault, 5);
  const error = await mail.send(message, claim).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(ThrottledError);
  expect((error as Error).name).toBe(name.startsWith("an ") ? fault.name : name);
  expect(aws.of("SendEmail")).toHaveLength(1);
});

test.each([
  ["TooManyRequestsException", "Daily message quota exceeded.", 429],
  ["Throttling", "Daily message quota exceeded.", 400],
])("%s by the daily quota is a throttle that a retry within seconds cannot cure", async (name, text, status) => {
  aws.fail("SendEmail", new Fault(name, text, status));
  const error = await mail.send(message, claim).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(QuotaError);
  expect(error).toMatchObject({ name: "ThrottledError" });
});

test("a refusal because of the account's suppression list has that reason", async () => {
  aws.fail("SendEmail", new Fault("MessageRejected", "Email address is on the account suppression list.", 400));
  expect(await mail.send(message, claim)).toEqual({ sent: false, reason: "suppressed" });
});
