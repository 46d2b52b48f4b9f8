/** A text that is too long for the service of its channel fails in a simulation as it does on a stack. */
import { expect, test } from "vitest";
import { journey, start, tell } from "../behaviour/scenario-of.ts";

const text = { class: "transactional", text: "{{ event.note }}" };
const templates = [
  { id: "sms-note", channel: "sms", ...text },
  { id: "whatsapp-note", channel: "whatsapp", ...text },
];
const written = { id: "hello", event: "message.received", data: { channel: "whatsapp", text: "Hello" } };

test.each([
  ["sms-note", 1600, "sent"],
  ["sms-note", 1601, "failed"],
  ["whatsapp-note", 4096, "sent"],
  ["whatsapp-note", 4097, "failed"],
])("%s with %i characters is %s", async (template, length, expected) => {
  const components = {
    send: { type: "sendTemplate", template, next: "is-sent" },
    "is-sent": {
      type: "messageStatusRule",
      message: "send",
      status: "failed",
      within: "P1D",
      met: "failed",
      notMet: "sent",
    },
    failed: { type: "addTag", tags: ["failed"] },
    sent: { type: "addTag", tags: ["sent"] },
  };
  const { summary } = await tell({
    journeys: [journey({ components })],
    templates,
    customers: [{ customerId: "c-1", phone: "+491701234567" }],
    events: [start("01-05 09:59", written), start("01-05 10:00", { data: { note: "x".repeat(length) } })],
  });
  expect(summary.tags["c-1"]).toEqual([expected]);
  expect(summary.messages).toBe(expected === "sent" ? 1 : 0);
});
