/** Text messages through the simulator: numbers, refusals, limits, unsubscribing, statuses. */
import { describe, expect, test } from "vitest";
import { journey, start, status, tell, withoutTimes } from "../scenario-of.ts";

const reminder = { id: "reminder", channel: "sms", class: "marketing", text: "Hi {{ customer.name }} & <co>" };
const code = { id: "code", channel: "sms", class: "transactional", text: "Your code" };
const components = { remind: { type: "sendTemplate", template: "reminder" } };
const bob = { customerId: "c-1", name: "O'Hara", phone: "+491701234567" };

const told = (customer: object, parts: object = {}, template = "reminder") =>
  tell({
    journeys: [journey({ components: { remind: { type: "sendTemplate", template } }, ...parts })],
    templates: [reminder, code],
    customers: [{ customerId: "c-1", ...customer }],
    events: [start()],
  });
const outcome = async (customer: object, parts: object = {}, template?: string) =>
  withoutTimes((await told(customer, parts, template)).story).findLast((line) => line.startsWith("remind"));

test("the message goes to the number, as plain text", async () => {
  const { lines } = await told(bob);
  const message = lines.find(({ kind }) => kind === "message");
  expect(message).toMatchObject({ channel: "sms", to: "+491701234567", text: "Hi O'Hara & <co>", subject: "" });
  expect(message).not.toHaveProperty("html");
});

test.each<[string, object, string, string]>([
  ["a customer without a number", { email: "ann@shop.example" }, "reminder", "remind skipped (no-address)"],
  ["a national number", { phone: "0170 1234567" }, "reminder", "remind skipped (bad-address)"],
  ["a number that cannot exist", { phone: "+491" }, "reminder", "remind skipped (bad-address)"],
  ["an unsubscribed customer", { ...bob, unsubscribed: true }, "code", "remind done"],
  [
    "a channel unsubscribed",
    { ...bob, unsubscribedChannels: ["sms"] },
    "reminder",
    "remind skipped (channel-unsubscribed)",
  ],
  ["a channel unsubscribed, for what was asked for", { ...bob, unsubscribedChannels: ["sms"] }, "code", "remind done"],
  ["another channel unsubscribed", { ...bob, unsubscribedChannels: ["whatsapp"] }, "reminder", "remind done"],
  ["a list that cannot be used", { ...bob, unsubscribedChannels: "sms" }, "reminder", "remind done"],
])("%s", async (_, customer, template, line) => {
  const parts = { trigger: { event: "start", includeUnsubscribed: true } };
  expect(await outcome(customer, parts, template)).toBe(line);
});

test("a channel that is unsubscribed does not keep the customer out of the journey", async () => {
  const { summary } = await told({ ...bob, unsubscribedChannels: ["sms"] });
  expect(summary).toMatchObject({ entered: 1, completed: 1 });
});

test("quiet hours hold a text message back", async () => {
  const limits = { quietHours: { from: "09:00", to: "12:00", otherwise: "skip" } };
  expect(await outcome(bob, { limits })).toBe("remind skipped (quiet-hours)");
});

describe("the hours that the law of the United States asks for", () => {
  const limits = { quietHours: "us-sms" };
  /** 10:00 UTC is five in the morning in Miami. */
  const steps = async (customer: object, template?: string) =>
    (await told({ ...bob, ...customer }, { limits }, template)).story.filter((line) => line.includes("| remind "));

  test.each<[string, object, string | undefined, string[]]>([
    [
      "a text waits until eight where the customer is",
      { timezone: "America/New_York", state: "FL" },
      undefined,
      ["01-05 10:00 | remind waiting 01-05 13:00 (quiet-hours)", "01-05 13:00 | remind done"],
    ],
    [
      "until ten in Kentucky",
      { timezone: "America/Kentucky/Louisville", state: "Kentucky" },
      undefined,
      ["01-05 10:00 | remind waiting 01-05 15:00 (quiet-hours)", "01-05 15:00 | remind done"],
    ],
    ["a customer without a zone gets none", { state: "FL" }, undefined, ["01-05 10:00 | remind skipped (no-timezone)"]],
    ["what the customer asked for comes at once", {}, "code", ["01-05 10:00 | remind done"]],
  ])("%s", async (_, customer, template, expected) => expect(await steps(customer, template)).toEqual(expected));
});

describe("a rule on a status of a text message", () => {
  const waiting = (reached: string) => ({
    ...components,
    remind: { ...components.remind, next: "wait" },
    wait: { type: "messageStatusRule", message: "remind", status: reached, within: "P2D" },
  });
  const ends = async (reached: string, reports: string[]) => {
    const { story } = await tell({
      journeys: [journey({ components: waiting(reached) })],
      templates: [reminder],
      customers: [bob],
      events: [start()],
      statuses: reports.map((report, index) => status(`01-05 1${index + 1}:00`, "remind", report)),
    });
    return withoutTimes(story).findLast((line) => line.startsWith("wait"));
  };

  test.each([
    [["sent", "delivered"], "wait met"],
    [["delivered", "sent", "delivered"], "wait met"],
    [["failed"], "wait notMet"],
    [["replied"], "wait met"],
  ])("delivered, after the reports %j: %s", async (reports, line) =>
    expect(await ends("delivered", reports)).toBe(line),
  );

  test("a status that no network reports is a problem", async () =>
    await expect(ends("read", [])).rejects.toThrow("status-not-reported"));
});
