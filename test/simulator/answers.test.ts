/** A message of a customer in a scenario has the effects that it has on a stack. */
import { describe, expect, test } from "vitest";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { type Document, journey, on, tell } from "../behaviour/scenario-of.ts";

const customer = { customerId: "c-1", phone: "+491701234567" };
const templates = [
  { id: "news", channel: "sms", class: "marketing", text: "News" },
  { id: "help", channel: "whatsapp", class: "transactional", text: "How can we help?" },
];
const answer = (at: string, data: Document, more: Document = {}) => ({
  ...{ at: on(at), event: "message.received", id: `a-${at}`, customerId: "c-1", data: { channel: "sms", ...data } },
  ...more,
});
const order = (at: string) => ({ at: on(at), event: "order", id: `o-${at}`, customerId: "c-1" });
const letter = (id: string, event: string, template: string, more: Document = {}) =>
  journey({
    id,
    trigger: { event, entry: "always" },
    components: { send: { type: "sendTemplate", template, ...more } },
  });

/** Each message, and each reason for which one was skipped. */
const messagesOf = (lines: readonly TimelineLine[]) =>
  lines.flatMap((line) => {
    if (line.kind === "message") return [`${line.at.slice(5, 16)} ${line.template}`];
    return line.kind === "component" && line.outcome === "skipped" ? [`${line.at.slice(5, 16)} ${line.reason}`] : [];
  });

describe("the 24 hours of WhatsApp", () => {
  test.each<[string, string, Document, readonly string[]]>([
    ["begin with the customer's message", "01-05 11:00", { channel: "whatsapp" }, ["01-05T11:00 help"]],
    ["end after 24 hours", "01-06 10:00", { channel: "whatsapp" }, ["01-06T10:00 outside-window"]],
    ["do not begin with a text message", "01-05 11:00", { channel: "sms" }, ["01-05T11:00 outside-window"]],
    ["do not begin with an email", "01-05 11:00", { channel: "email" }, ["01-05T11:00 outside-window"]],
  ])("%s", async (_, at, data, expected) => {
    const { lines } = await tell({
      journeys: [letter("j", "order", "help")],
      templates,
      customers: [customer],
      events: [answer("01-05 10:00", { text: "Hello", ...data }), order(at)],
    });
    expect(messagesOf(lines)).toEqual(expected);
  });

  test("let a journey answer the message that starts it", async () => {
    const { lines } = await tell({
      journeys: [letter("j", "message.received", "help")],
      templates,
      customers: [customer],
      events: [answer("01-05 10:00", { channel: "whatsapp", text: "Hello" })],
    });
    expect(messagesOf(lines)).toEqual(["01-05T10:00 help"]);
  });
});

describe("a STOP word", () => {
  const told = (...events: readonly Document[]) =>
    tell({ journeys: [letter("j", "order", "news")], templates, customers: [customer], events });

  test.each([
    ["Stop.", ["01-05T11:00 channel-unsubscribed"]],
    ["please stop by", ["01-05T11:00 news"]],
  ])("%j keeps marketing back or not: %j", async (text, expected) => {
    expect(messagesOf((await told(answer("01-05 10:00", { text }), order("01-05 11:00"))).lines)).toEqual(expected);
  });

  test("that is delivered again does not undo a consent", async () => {
    const stop = answer("01-05 10:00", { text: "STOP" });
    const consent = { ...order("01-05 11:00"), customer: { unsubscribedChannels: [] } };
    const { lines } = await told(stop, consent, { ...stop, at: on("01-05 12:00") }, order("01-05 13:00"));
    expect(messagesOf(lines)).toEqual(["01-05T11:00 news", "01-05T13:00 news"]);
  });
});

describe("the message that was answered", () => {
  const replied = { type: "messageStatusRule", message: "send", status: "replied", within: "P2D", met: "yes" };
  const waiting = journey({
    trigger: { event: "order", entry: "always" },
    components: {
      send: { type: "sendTemplate", template: "news", next: "replied" },
      replied,
      yes: { type: "addTag", tags: ["answered"] },
    },
  });

  test.each<[string, Document, boolean]>([
    ["is the newest one of the channel", answer("01-06 09:59", { text: "Hm" }), true],
    ["is at most 24 hours old", answer("01-06 10:01", { text: "Hm" }), false],
    ["is none of another channel", answer("01-05 11:00", { channel: "whatsapp", text: "Hm" }), false],
    ["is the one that the event names", answer("01-05 11:00", { text: "Hm", messageId: "another" }), false],
  ])("%s", async (_, event, isAnswered) => {
    const { summary } = await tell({
      journeys: [waiting],
      templates,
      customers: [customer],
      events: [order("01-05 10:00"), event],
    });
    expect(summary.tags["c-1"] ?? []).toEqual(isAnswered ? ["answered"] : []);
  });

  test.each([
    [" Yes! ", undefined, true],
    ["no", undefined, false],
    ["no", "yes", true],
  ])("%j with the word %j is heard as yes: %s", async (text, word, isYes) => {
    const branch = { id: "yes", event: "message.received", next: "yes" };
    const where = { field: "event.word", operator: "equals", value: "yes" };
    const listening = journey({
      trigger: { event: "order" },
      components: {
        listen: { type: "waitFor", within: "P1D", branches: [{ ...branch, where }] },
        yes: { type: "addTag", tags: ["yes"] },
      },
    });
    const { summary } = await tell({
      journeys: [listening],
      customers: [customer],
      events: [order("01-05 10:00"), answer("01-05 11:00", { text, ...(word !== undefined && { word }) })],
    });
    expect(summary.tags["c-1"] ?? []).toEqual(isYes ? ["yes"] : []);
  });
});
