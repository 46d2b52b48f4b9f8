/** The request to AWS End User Messaging Social, in Meta's form, and the meaning of each error. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { socialMessaging } from "../../../lambdas/adapters/whatsapp/social-messaging.ts";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";
import { cutConnection, Fault, Loopback } from "../../wired/aws/loopback.ts";

const message: OutgoingMessage = {
  template: "welcome",
  channel: "whatsapp",
  class: "marketing",
  to: "+491701234567",
  from: "Shop <hello@shop.example>",
  replyTo: [],
  subject: "",
};
const welcome = { template: "welcome_1", language: "de", body: [], buttons: [] };
const claim = { customerId: "c 1", enrollmentId: "e", journeyId: "j", componentId: "greet", messageId: "e-0" };
const phoneNumberId = "phone-number-id-976c72a700aac43eaf573ae050example";

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start();
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const send = (more: Partial<OutgoingMessage> = { whatsapp: welcome }, setting: object = {}) =>
  socialMessaging({ phoneNumberId, ...setting }).send({ ...message, ...more }, claim);

/** The request's message, which AWS passes on to Meta. */
function passedOn() {
  const [request] = aws.of("SendWhatsAppMessage");
  const { message = "", ...about } = request as { message?: string };
  return { ...about, message: JSON.parse(Buffer.from(message, "base64").toString("utf8")) };
}

const about = { messaging_product: "whatsapp", recipient_type: "individual", to: "+491701234567" };

describe("the request contains", () => {
  test("the number, the version and a template without variables; the answer is the service's id", async () => {
    expect(await send()).toEqual({ sent: true, serviceId: "4bee7d29-70f5-4a49-b84e-facf4424fe58" });
    expect(passedOn()).toEqual({
      originationPhoneNumberId: phoneNumberId,
      metaApiVersion: "v20.0",
      message: { ...about, type: "template", template: { name: "welcome_1", language: { code: "de" } } },
    });
  });

  test("the version of the setting", async () => {
    await send({ text: "Hi" }, { metaApiVersion: "v24.0" });
    expect(passedOn()).toMatchObject({ metaApiVersion: "v24.0" });
  });

  test("a text", async () => {
    await send({ text: "Hi Zoë" });
    expect(passedOn().message).toEqual({ ...about, type: "text", text: { body: "Hi Zoë" } });
  });

  test.each([
    ["text", "Ann", { type: "text", text: "Ann" }],
    ["image", "https://a.example/1.png", { type: "image", image: { link: "https://a.example/1.png" } }],
    ["video", "https://a.example/1.mp4", { type: "video", video: { link: "https://a.example/1.mp4" } }],
    ["document", "https://a.example/1.pdf", { type: "document", document: { link: "https://a.example/1.pdf" } }],
  ] as const)("a header of the kind %s", async (kind, value, parameter) => {
    await send({ whatsapp: { ...welcome, header: { kind, value } } });
    expect(passedOn().message.template.components).toEqual([{ type: "header", parameters: [parameter] }]);
  });

  test("values of the body and of each kind of button", async () => {
    await send({
      whatsapp: {
        ...welcome,
        body: ["Ann", "5 €"],
        buttons: [
          { index: 0, kind: "url", value: "orders/7" },
          { index: 1, kind: "payload", value: "YES" },
          { index: 2, kind: "code", value: "TEA5" },
        ],
      },
    });
    const button = (index: string, sub_type: string, parameter: object) => ({
      type: "button",
      index,
      sub_type,
      parameters: [parameter],
    });
    expect(passedOn().message.template.components).toEqual([
      {
        type: "body",
        parameters: [
          { type: "text", text: "Ann" },
          { type: "text", text: "5 €" },
        ],
      },
      button("0", "url", { type: "text", text: "orders/7" }),
      button("1", "quick_reply", { type: "payload", payload: "YES" }),
      button("2", "copy_code", { type: "coupon_code", coupon_code: "TEA5" }),
    ]);
  });
});

test("a text of more than 4,096 characters is refused without a request", async () => {
  expect(await send({ text: "a".repeat(4097) })).toEqual({ sent: false, reason: "too-large" });
  expect(aws.of("SendWhatsAppMessage")).toEqual([]);
  expect(await send({ text: "a".repeat(4096) })).toMatchObject({ sent: true });
});

test.each(["ThrottledRequestException", "ThrottlingException", "AccessDeniedException"])(
  "%s is a throttle: the message is sent later",
  async (name) => {
    aws.fail("SendWhatsAppMessage", new Fault(name, "to +491701234567", 400));
    const error = await send()?.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ThrottledError);
    expect((error as Error).message).toBe(`End User Messaging Social answered ${name}.`);
    expect(aws.of("SendWhatsAppMessage")).toHaveLength(1);
  },
);

test.each(["InvalidParametersException", "ResourceNotFoundException", "ValidationException"])(
  "%s is a permanent refusal",
  async (reason) => {
    aws.fail("SendWhatsAppMessage", new Fault(reason, "for good", 400));
    expect(await send()).toEqual({ sent: false, reason });
    expect(aws.of("SendWhatsAppMessage")).toHaveLength(1);
  },
);

test.each([
  ["InternalServiceException", new Fault("InternalServiceException", "sorry", 500)],
  ["DependencyException", new Fault("DependencyException", "to +491701234567", 502)],
  ["TimeoutError", cutConnection],
  ["an error that is not known yet", new Fault("BrandNewException")],
])("%s leaves it open whether the message was sent", async (_, fault) => {
  aws.fail("SendWhatsAppMessage", fault, 5);
  const error = await send()?.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(ThrottledError);
  expect((error as Error).message).not.toContain("+49");
  expect(aws.of("SendWhatsAppMessage")).toHaveLength(1);
});
