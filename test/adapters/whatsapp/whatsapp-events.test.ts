/** Reports of WhatsApp messages, in the form of the examples that AWS documents. */
import { expect, test } from "vitest";
import { reportIn } from "../../../lambdas/adapters/sms/report-in.ts";

const uuid = "4bee7d29-70f5-4a49-b84e-facf4424fe58";
const event = (kind: string, more: object = {}) => ({
  version: "0",
  id: "76a454c4-26df-6e2c-bc50-2137de2a0fe7",
  "detail-type": `WhatsApp Message ${kind}`,
  source: "aws.social-messaging",
  account: "111122223333",
  time: "2026-10-03T04:34:24Z",
  region: "eu-central-1",
  resources: [],
  detail: {
    wabaId: "1163793972139053",
    originationPhoneNumber: "15815555555",
    originationPhoneNumberId: "574086085794038",
    messageId: uuid,
    status: kind.toLowerCase(),
    eventTimestamp: "1790998463",
    ...more,
  },
});
const read = (input: unknown) => reportIn(input, (time) => time);
const time = "2026-10-03T03:34:23.000Z";

test.each([
  ["Sent", { status: "sent" }],
  ["Delivered", { status: "delivered" }],
  ["Read", { status: "read" }],
  ["Failed", { status: "failed", reason: "undeliverable" }],
  ["Undeliverable", { status: "failed", reason: "undeliverable" }],
])("WhatsApp Message %s", (kind, expected) =>
  expect(read(event(kind))).toEqual({ serviceId: uuid, time, ...expected }),
);

test.each([
  [131026, "not-on-whatsapp"],
  [131047, "outside-window"],
  [131049, "held-by-meta"],
  [132000, "template-values"],
  [132001, "template-refused"],
  [132005, "template-values"],
  [132007, "template-refused"],
  [132012, "template-values"],
  [132015, "template-refused"],
  [132016, "template-refused"],
  [132018, "template-values"],
  [132068, "template-refused"],
  [132069, "meta-132069"],
  [131000, "meta-131000"],
])("the code %i of Meta is the reason %s", (code, reason) =>
  expect(read(event("Failed", { errors: [{ code, title: "Any", message: "Any" }] }))).toMatchObject({ reason }),
);

test.each(["wamid.HBgLMTQyNTY5ODgzMDIVAgARGBI=", uuid])("the id %s is an opaque text", (messageId) =>
  expect(read(event("Read", { messageId }))).toMatchObject({ serviceId: messageId }),
);

test("without a time of its own, a report has the time of its event", () =>
  expect(read(event("Read", { eventTimestamp: undefined }))).toMatchObject({ time: "2026-10-03T04:34:24.000Z" }));

test.each(["Handover Succeeded", "Handover Failed", "Received"])("WhatsApp Message %s is no report", (kind) =>
  expect(read(event(kind))).toBeUndefined(),
);

test.each([
  ["no id", { messageId: undefined }],
  ["an empty id", { messageId: "" }],
  ["errors that are no list", { errors: "none" }],
])("a report with %s is malformed", (_, more) => expect(() => read(event("Read", more))).toThrow());

test("a report has no number in it", () => expect(JSON.stringify(read(event("Read")))).not.toContain("15815555555"));
