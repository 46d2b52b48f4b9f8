/**
 * Streams, events, mail, text messages and addresses in the emulator with local/patches. Each test fails with published
 * MiniStack.
 */

import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { SendWhatsAppMessageCommand, SocialMessagingClient } from "@aws-sdk/client-socialmessaging";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../local/engine.ts";
import { mails, report } from "../../local/mailbox.ts";
import { optOut, reportText, texts } from "../../local/texts.ts";
import { reportWhatsapp, whatsappMessages } from "../../local/whatsapp.ts";
import { type Emulator, type Outputs, written } from "./stack.ts";

export const describeMessages = (emulator: () => Emulator) =>
  describe("messages", () => {
    let engine: Engine;
    let outputs: Outputs;

    beforeAll(() => {
      ({ engine, outputs } = emulator());
    });

    it("a stream delivers what failed again, gives it up in the end, and loses nothing else", async () => {
      const database = new DynamoDBClient(engine.client);
      for (const id of ["first", "poison", "last"])
        await database.send(new PutItemCommand({ TableName: outputs.Items, Item: { id: { S: id } } }));
      const bucket = new S3Client({ ...engine.client, forcePathStyle: true });
      const givenUp = async () =>
        (await bucket.send(new ListObjectsV2Command({ Bucket: outputs.GivenUp }))).Contents?.length;
      await expect.poll(() => written(engine, "notes"), { timeout: 30_000 }).toContain("last");
      await expect.poll(givenUp, { timeout: 30_000 }).toBe(1);
      const keys = written(engine, "notes");
      expect(keys.filter((key) => key === "first")).toHaveLength(1);
      expect(keys.filter((key) => key === "poison").length).toBeGreaterThan(1);
    });

    describe("the bus", () => {
      /** The next event in the queue. */
      async function heard(): Promise<Record<string, unknown>> {
        const queue = new SQSClient(engine.client);
        const { Messages = [] } = await queue.send(
          new ReceiveMessageCommand({ QueueUrl: outputs.Heard, WaitTimeSeconds: 10 }),
        );
        for (const { ReceiptHandle } of Messages)
          await queue.send(new DeleteMessageCommand({ QueueUrl: outputs.Heard, ReceiptHandle }));
        return JSON.parse(Messages[0]?.Body ?? "{}") as Record<string, unknown>;
      }

      it("keeps the time that an event says, and refuses a detail that is not JSON", async () => {
        const bus = new EventBridgeClient(engine.client);
        const entry = { EventBusName: "bus", Source: "shop", DetailType: "order.placed", Detail: "{}" };
        const { Entries } = await bus.send(
          new PutEventsCommand({
            Entries: [
              { ...entry, Time: new Date("2026-01-05T10:00:00Z") },
              { ...entry, Detail: "{" },
            ],
          }),
        );
        expect(Entries).toEqual([
          { EventId: expect.any(String) },
          expect.objectContaining({ ErrorCode: "MalformedDetail" }),
        ]);
        expect(await heard()).toMatchObject({ time: "2026-01-05T10:00:00Z" });
      });

      it("hears of an email what its configuration set lets it hear, and the mailbox keeps all of it", async () => {
        await new SESv2Client(engine.client).send(
          new SendEmailCommand({
            FromEmailAddress: "Shop <hello@shop.example>",
            Destination: { ToAddresses: ["ada@mail.example"] },
            ConfigurationSetName: "mail",
            EmailTags: [{ Name: "message", Value: "m-1" }],
            Content: {
              Simple: {
                Subject: { Data: "Grüße" },
                Headers: [{ Name: "List-Unsubscribe", Value: "<https://shop.example/u>" }],
                Body: { Html: { Data: "<p>Hello</p>" } },
              },
            },
          }),
        );
        const mail = (await mails(engine)).find(({ subject }) => subject === "Grüße");
        expect(mail).toMatchObject({
          to: ["ada@mail.example"],
          subject: "Grüße",
          html: "<p>Hello</p>",
          text: null,
          headers: [{ name: "List-Unsubscribe", value: "<https://shop.example/u>" }],
          tags: { message: ["m-1"] },
        });
        const page = await fetch(`${engine.endpoint}/_local/mail`, { headers: { accept: "text/html" } });
        const read = await page.text();
        expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
        expect(read).toContain("<h2>Grüße</h2>");
        expect(read).toContain('<iframe sandbox title="Grüße" srcdoc="&lt;p&gt;Hello&lt;/p&gt;"></iframe>');
        const tags = { message: ["m-1"], "ses:configuration-set": ["mail"] };
        expect(await heard()).toMatchObject({
          "detail-type": "Email Sent",
          detail: { eventType: "Send", mail: { tags } },
        });
        expect(await heard()).toMatchObject({ detail: { eventType: "Delivery", mail: { tags } } });
        if (!mail) throw new Error("There is no mail.");
        await report(engine, mail, "Open");
        expect(await heard()).toMatchObject({ detail: { eventType: "Open", open: { isBotEvent: "Unlikely" } } });
        await expect(report(engine, mail, "Click")).rejects.toThrow("no such destination");
      });
    });

    it("a WhatsApp message is kept, reported under its id, and refused when it is no JSON", async () => {
      const client = new SocialMessagingClient({ ...engine.client, maxAttempts: 1 });
      const send = (message: string) =>
        client.send(
          new SendWhatsAppMessageCommand({
            originationPhoneNumberId: "phone-number-id-1",
            metaApiVersion: "v20.0",
            message: new TextEncoder().encode(message),
          }),
        );
      const { messageId } = await send('{"to":"+12025550101","type":"text","text":{"body":"Grüße"}}');
      await expect(send("Grüße")).rejects.toMatchObject({ name: "InvalidParametersException" });
      expect(await whatsappMessages(engine)).toEqual([
        expect.objectContaining({ messageId, to: "+12025550101", message: expect.objectContaining({ type: "text" }) }),
      ]);
      await expect(reportWhatsapp(engine, { messageId: "none" }, "Read")).rejects.toThrow("404");
    });

    it("a text message is kept, a dry run is not, and a number that has opted out is refused", async () => {
      const client = new PinpointSMSVoiceV2Client({ ...engine.client, maxAttempts: 1 });
      const send = (to: string, more = {}) =>
        client.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: to,
            OriginationIdentity: "shop",
            MessageBody: "Grüße",
            MessageType: "PROMOTIONAL",
            Context: { message: "m-1" },
            ...more,
          }),
        );
      const { MessageId } = await send("+12025550101");
      await send("+12025550102", { DryRun: true });
      await optOut(engine, "+12025550103");
      await expect(send("+12025550103")).rejects.toMatchObject({
        name: "ConflictException",
        Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
      });
      expect(await texts(engine)).toEqual([
        expect.objectContaining({
          messageId: MessageId,
          to: "+12025550101",
          text: "Grüße",
          context: { message: "m-1" },
        }),
      ]);
      await expect(reportText(engine, { messageId: "none" }, "TEXT_DELIVERED")).rejects.toThrow("404");
    });

    it("a function's address can be opened on this machine", async () => {
      const response = await fetch(`${outputs.Address}page?a=1`, { method: "POST" });
      expect(await response.text()).toBe("POST /page a=1");
    });
  });
