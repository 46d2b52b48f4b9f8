/** The request to SES for a test mail, and what is told when SES refuses it. */
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { sesTest } from "../../../stack/deployed/test-mail.ts";
import { recorded } from "./recorded.ts";
import { settings } from "./services.ts";

const message = {
  template: "hello",
  channel: "email",
  class: "marketing",
  to: "me@office.example",
  from: "Shop <hello@shop.example>",
  replyTo: ["help@shop.example"],
  subject: "[Test] Hello Ada",
  html: "<p>Hello</p>",
  text: "Hello",
} as const;

test("the request has a header that says test, and neither tags nor a configuration set: SES reports nothing", async () => {
  const client = new SESv2Client(settings);
  const calls = recorded(client, { SendEmailCommand: {} });
  expect(await sesTest(settings, client)(message)).toBeUndefined();
  expect(calls.map(({ input }) => input)).toEqual([
    {
      FromEmailAddress: "Shop <hello@shop.example>",
      Destination: { ToAddresses: ["me@office.example"] },
      ReplyToAddresses: ["help@shop.example"],
      Content: {
        Simple: {
          Subject: { Data: "[Test] Hello Ada", Charset: "UTF-8" },
          Headers: [{ Name: "X-Customer-Journeys-Test", Value: "true" }],
          Body: { Html: { Data: "<p>Hello</p>", Charset: "UTF-8" }, Text: { Data: "Hello", Charset: "UTF-8" } },
        },
      },
    },
  ]);
});

test("a refusal is told, and any other error is an error", async () => {
  const client = new SESv2Client(settings);
  const failing = (name: string) => Object.assign(new Error("Not verified."), { name });
  recorded(client, { SendEmailCommand: [failing("MessageRejected"), failing("AccessDeniedException")] });
  const send = sesTest(settings, client);
  expect(await send(message)).toBe("Not verified.");
  await expect(send(message)).rejects.toThrow("Not verified.");
});
