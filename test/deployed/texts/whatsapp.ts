/** WhatsApp messages on the deployed stack: what the service gets, every report in every order, and what is not sent. */
import { describe, expect, test } from "vitest";
import { reportWhatsapp, whatsappMessages } from "../../../local/whatsapp.ts";
import { ended, go, oneTo, outcomes, type Part, run, sentTo, somebody } from "./shop.ts";

const approved = { template: "welcome", body: ["{{ customer.firstName }}"] };

export const whatsapp: Part = {
  templates: [
    { id: "whatsapp-hello", channel: "whatsapp", whatsapp: approved, languages: { de: {} } },
    { id: "whatsapp-text", channel: "whatsapp", text: "Hello {{ customer.firstName }} & <co>" },
  ],
  journeys: {
    chats: {
      start: "s",
      components: {
        s: { type: "sendTemplate", template: "whatsapp-hello", next: "r" },
        r: { type: "messageStatusRule", message: "s", status: "read", within: "P60D", met: "text", notMet: "text" },
        text: { type: "sendTemplate", template: "whatsapp-text" },
      },
    },
  },
};

export function describeWhatsapp(): void {
  test("the approved template goes out in the customer's language, and a text outside the window does not", async () => {
    const who = somebody();
    await go("chats", who, { language: "de-AT" });
    const { messageId } = await oneTo("whatsapp", who);
    const sent = (await whatsappMessages(run.engine)).find((each) => each.messageId === messageId);
    expect(sent).toMatchObject({ version: "v20.0", sender: "phone-number-id-976c72a700aac43eaf573ae050example" });
    expect(sent?.message).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: who.phone,
      type: "template",
      template: {
        name: "welcome",
        language: { code: "de" },
        components: [{ type: "body", parameters: [{ type: "text", text: "Ada" }] }],
      },
    });
    await reportWhatsapp(run.engine, { messageId }, "Read");
    const enrollment = await ended(who);
    expect(outcomes(enrollment)).toEqual(["done", "met", "skipped"]);
    expect(enrollment.messages).toMatchObject([{ state: "sent" }, { state: "skipped", reason: "outside-window" }]);
    expect(await sentTo("whatsapp", who)).toHaveLength(1);
  });

  test.concurrent.each([
    [["Sent", "Delivered", "Read"], "met", "sent", undefined],
    [["Sent", "Read", "Delivered"], "met", "sent", undefined],
    [["Delivered", "Sent", "Read"], "met", "sent", undefined],
    [["Delivered", "Read", "Sent"], "met", "sent", undefined],
    [["Read", "Sent", "Delivered"], "met", "sent", undefined],
    [["Read", "Delivered", "Sent"], "met", "sent", undefined],
    [["Sent", "Sent", "Read", "Read"], "met", "sent", undefined],
    [["Sent", "Failed:131026"], "notMet", "failed", "not-on-whatsapp"],
    [["Failed:131026", "Sent"], "notMet", "failed", "not-on-whatsapp"],
    [["Sent", "Failed:131047"], "notMet", "failed", "outside-window"],
    [["Failed:131049", "Sent"], "notMet", "failed", "held-by-meta"],
    [["Failed:132001"], "notMet", "failed", "template-refused"],
    [["Failed:132015", "Sent"], "notMet", "failed", "template-refused"],
    [["Undeliverable"], "notMet", "failed", "undeliverable"],
  ])("reports %j: %s", async (kinds, outcome, state, reason) => {
    const who = somebody();
    await go("chats", who);
    const sent = await oneTo("whatsapp", who);
    for (const kind of kinds) await reportWhatsapp(run.engine, sent, kind);
    const { steps, messages } = await ended(who);
    expect(steps[1]?.outcome).toBe(outcome);
    expect([messages[0]?.state, messages[0]?.reason]).toEqual([state, reason]);
  });

  describe("no WhatsApp message goes out", () => {
    test.concurrent.each([
      ["no number", { phone: null }, "no-address"],
      ["a national number", { phone: "0171 3920001" }, "bad-address"],
      ["a number that cannot exist", { phone: "+491" }, "bad-address"],
      ["the channel unsubscribed", { unsubscribedChannels: ["whatsapp"] }, "channel-unsubscribed"],
      ["no value for a variable", { firstName: "" }, "not-renderable"],
    ])("with %s", async (_, changes, reason) => {
      const who = somebody();
      await go("chats", who, changes);
      expect((await ended(who)).messages[0]).toMatchObject({ state: "skipped", reason });
      expect(await sentTo("whatsapp", who)).toEqual([]);
    });
  });
}
