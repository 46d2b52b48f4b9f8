/** The request to AWS End User Messaging, and the meaning of each error. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endUserMessaging } from "../../../lambdas/adapters/sms/end-user-messaging.ts";
import { QuotaError, ThrottledError } from "../../../lambdas/app/errors.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";
import { cutConnection, Fault, Loopback } from "../../wired/aws/loopback.ts";

const message: OutgoingMessage = {
  template: "reminder",
  channel: "sms",
  class: "marketing",
  to: "+491701234567",
  addressHash: "0123456789012345678901",
  from: "Shop <hello@shop.example>",
  replyTo: [],
  subject: "",
  text: "Your cart is waiting",
};
const claim = { customerId: "c 1", enrollmentId: "e", journeyId: "j", componentId: "remind", messageId: "e-0" };
const sender = "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1";
const context = { stack: "the-set", customer: "YyAx", message: "e-0", address: "0123456789012345678901" };
const asked = {
  DestinationPhoneNumber: "+491701234567",
  OriginationIdentity: sender,
  MessageBody: "Your cart is waiting",
  MessageType: "PROMOTIONAL",
  Context: context,
};

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start();
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const sms = endUserMessaging({ sender }, "the-set");
const send = (more: Partial<OutgoingMessage> = {}) => sms.send({ ...message, ...more }, claim);

describe("the request contains", () => {
  test("number, sender, text, type, and the claim as context", async () => {
    expect(await send()).toEqual({ sent: true });
    expect(aws.of("SendTextMessage")).toEqual([asked]);
  });

  test("the type of a transactional message", async () => {
    await send({ class: "transactional" });
    expect(aws.of("SendTextMessage")).toEqual([{ ...asked, MessageType: "TRANSACTIONAL" }]);
  });

  test("the settings of the stack", async () => {
    const more = { maxPrice: 0.2, timeToLive: 3600, protectConfigurationId: "protect-1", dryRun: true };
    await endUserMessaging({ sender, ...more }, "the-set").send(message, claim);
    const settings = { MaxPrice: "0.2", TimeToLive: 3600, ProtectConfigurationId: "protect-1", DryRun: true };
    expect(aws.of("SendTextMessage")).toEqual([{ ...asked, ...settings }]);
  });
});

test.each([
  ["a stack that receives answers gets the service's id of the message", true, { sent: true, serviceId: "sms-1" }],
  ["a stack that receives none needs no id", false, { sent: true }],
])("%s", async (_, inbound, result) =>
  expect(await endUserMessaging({ sender, inbound }, "the-set").send(message, claim)).toEqual(result),
);

test("a text of more than 1,600 characters is refused without a request", async () => {
  expect(await send({ text: "a".repeat(1601) })).toEqual({ sent: false, reason: "too-large" });
  expect(aws.of("SendTextMessage")).toEqual([]);
  expect(await send({ text: "a".repeat(1600) })).toEqual({ sent: true });
});

test.each(["ThrottlingException", "AccessDeniedException", "ServiceQuotaExceededException"])(
  "%s is a throttle: the message is sent later",
  async (name) => {
    aws.fail("SendTextMessage", new Fault(name, "to +491701234567", 400));
    const error = await send()?.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error).not.toBeInstanceOf(QuotaError);
    expect((error as Error).message).toBe(`End User Messaging answered ${name}.`);
    expect(aws.of("SendTextMessage")).toHaveLength(1);
  },
);

test.each(["ACCOUNT_DISABLED", "INSUFFICIENT_ACCOUNT_REPUTATION"])(
  "an account that may not send is a throttle, and the log says why: %s",
  async (Reason) => {
    aws.fail("SendTextMessage", new Fault("AccessDeniedException", "to +491701234567", 403, { Reason }));
    const error = await send()?.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ThrottledError);
    expect((error as Error).message).toBe(`End User Messaging answered AccessDeniedException (${Reason}).`);
  },
);

test.each(["ConflictException", "ResourceNotFoundException", "ValidationException"])(
  "%s is a permanent refusal",
  async (reason) => {
    aws.fail("SendTextMessage", new Fault(reason, "for good", 400));
    expect(await send()).toEqual({ sent: false, reason });
    expect(aws.of("SendTextMessage")).toHaveLength(1);
  },
);

test.each([
  ["InternalServerException", new Fault("InternalServerException", "sorry", 500)],
  ["TimeoutError", cutConnection],
  ["an error that is not known yet", new Fault("BrandNewException")],
])("%s leaves it open whether the message was sent", async (_, fault) => {
  aws.fail("SendTextMessage", fault, 5);
  const error = await send()?.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(ThrottledError);
  expect((error as Error).message).not.toContain("+49");
  expect(aws.of("SendTextMessage")).toHaveLength(1);
});
