/** Text messages on the deployed stack: what the service gets, every report in every order, and what is not sent. */
import { describe, expect, test } from "vitest";
import { optOut, reportText, texts } from "../../../local/texts.ts";
import { ended, go, oneTo, outcomes, type Part, run, sentTo, somebody } from "./shop.ts";

const waiting = {
  s: { type: "sendTemplate", template: "sms-hello", next: "r" },
  r: { type: "messageStatusRule", message: "s", status: "delivered", within: "P60D", met: "yes" },
  yes: { type: "addTag", tags: ["reached"] },
};

export const textMessages: Part = {
  templates: [{ id: "sms-hello", channel: "sms", text: "Hello {{ customer.firstName }} & <co>" }],
  journeys: { texts: { start: "s", components: waiting } },
};

export function describeTextMessages(): void {
  test("the text goes out with the claim in its context, and its report takes the customer on", async () => {
    const who = somebody();
    await go("texts", who);
    const { messageId } = await oneTo("sms", who);
    const text = (await texts(run.engine)).find((each) => each.messageId === messageId);
    expect(text).toMatchObject({ text: "Hello Ada & <co>", type: "PROMOTIONAL" });
    expect(text?.context).toMatchObject({ message: expect.stringMatching(/-0$/), stack: expect.any(String) });
    await reportText(run.engine, { messageId }, "TEXT_DELIVERED");
    expect(outcomes(await ended(who))).toEqual(["done", "met", "done"]);
  });

  test.concurrent.each<[kinds: string[], outcome: string]>([
    [["TEXT_QUEUED", "TEXT_SENT", "TEXT_DELIVERED"], "met"],
    [["TEXT_QUEUED", "TEXT_DELIVERED", "TEXT_SENT"], "met"],
    [["TEXT_SENT", "TEXT_QUEUED", "TEXT_DELIVERED"], "met"],
    [["TEXT_SENT", "TEXT_DELIVERED", "TEXT_QUEUED"], "met"],
    [["TEXT_DELIVERED", "TEXT_QUEUED", "TEXT_SENT"], "met"],
    [["TEXT_DELIVERED", "TEXT_SENT", "TEXT_QUEUED"], "met"],
    [["TEXT_SENT", "TEXT_SENT", "TEXT_DELIVERED", "TEXT_DELIVERED"], "met"],
    [["TEXT_SENT", "TEXT_UNREACHABLE"], "notMet"],
    [["TEXT_UNREACHABLE", "TEXT_SENT"], "notMet"],
    [["TEXT_BLOCKED"], "notMet"],
    [["TEXT_CARRIER_BLOCKED"], "notMet"],
    [["TEXT_CARRIER_UNREACHABLE"], "notMet"],
    [["TEXT_INVALID"], "notMet"],
    [["TEXT_INVALID_MESSAGE"], "notMet"],
    [["TEXT_PROTECT_BLOCKED"], "notMet"],
    [["TEXT_SPAM"], "notMet"],
    [["TEXT_TTL_EXPIRED"], "notMet"],
  ])("reports %j: %s", async (kinds, outcome) => {
    const who = somebody();
    await go("texts", who);
    const text = await oneTo("sms", who);
    for (const kind of kinds) await reportText(run.engine, text, kind);
    const enrollment = await ended(who);
    expect(enrollment.steps.find(({ componentId }) => componentId === "r")?.outcome).toBe(outcome);
    expect(Object.keys(enrollment.messages[0]?.statuses ?? {})).toContain(outcome === "met" ? "delivered" : "failed");
  });

  describe("no text goes out", () => {
    test.concurrent("to a number that opted out: the service refuses once, and the next customer with the number is skipped", async () => {
      const who = somebody();
      const other = { ...somebody(), phone: who.phone };
      await optOut(run.engine, who.phone);
      await go("texts", who);
      expect((await ended(who)).messages).toMatchObject([{ state: "failed", reason: "opted-out" }]);
      await go("texts", other);
      expect((await ended(other)).messages).toMatchObject([{ state: "skipped", reason: "opted-out" }]);
      expect(await sentTo("sms", who)).toEqual([]);
    });

    test.concurrent.each([
      ["no number", { phone: null }, "no-address"],
      ["a national number", { phone: "0171 3920001" }, "bad-address"],
      ["a number that cannot exist", { phone: "+491" }, "bad-address"],
      ["no more texts wanted", { unsubscribedChannels: ["sms"] }, "channel-unsubscribed"],
    ])("with %s", async (_, changes, reason) => {
      const who = somebody();
      await go("texts", who, changes);
      expect((await ended(who)).messages).toMatchObject([{ state: "skipped", reason }]);
      expect(await sentTo("sms", who)).toEqual([]);
    });
  });
}
