/** Journey format §2: the events that apps publish. */
import { describe, expect, test } from "vitest";
import { brief, event, hello, journey, lasting, on, start, story, tell, withoutTimes } from "../scenario-of.ts";
import { updated } from "./customer-updated.ts";

describe("a malformed event is rejected whole, with a reason, and harms no other event", () => {
  test("changes that are no object", async () => {
    const bad = start("01-05 10:00", { customer: "gold" });
    const { story, warnings } = await tell({ journeys: [brief()], events: [bad, start("01-05 11:00")] });
    expect(story[0]).toBe("01-05 11:00 | entered v1");
    expect(warnings).toEqual([expect.stringContaining(`event "start" was rejected: detail.customer`)]);
  });
});

describe("time", () => {
  test("is the app's, else the time of the delivery", async () => {
    const { store } = await tell({
      events: [start("01-05 10:00", { id: "a", time: "2026-01-04T12:00:00+02:00" }), start("01-05 10:00", { id: "b" })],
    });
    expect((await store.event("c-1", "a"))?.time).toBe(on("01-04 10:00"));
    expect((await store.event("c-1", "b"))?.time).toBe(on("01-05 10:00"));
  });

  test.each([
    ["up to 5 minutes in the future is kept", "01-05 10:05", "01-05 10:05"],
    ["more than 5 minutes in the future is clamped to now", "01-05 10:05:00.001", "01-05 10:00"],
    ["years in the future is clamped to now", "12-05 10:00", "01-05 10:00"],
  ])("%s", async (_, time, expected) => {
    const { store } = await tell({ events: [start("01-05 10:00", { id: "a", time: on(time) })] });
    expect((await store.event("c-1", "a"))?.time).toBe(on(expected));
  });
});

describe("customer.updated is an event like any other", () => {
  test("a trigger and an exit rule may name it", async () => {
    const journeys = [
      lasting({ trigger: { event: "customer.updated" }, exit: [{ id: "again", event: "customer.updated" }] }),
    ];
    const events = [updated("01-05 10:00", { a: 1 }), updated("01-06 10:00", { a: 2 })];
    expect(withoutTimes(await story({ journeys, events }))).toEqual([
      "entered v1",
      "stay waiting 01-15 10:00",
      "not-entered entry-limit",
      "exited again at stay",
    ]);
  });
});

describe("message.status reports a status for a channel of the app's own", () => {
  const components = {
    mail: { type: "sendTemplate", template: "hello", next: "rest" },
    rest: { type: "messageStatusRule", message: "mail", status: "read", within: "P2D" },
  };
  const parts = { journeys: [journey({ components })], events: [start("01-05 10:00", { id: "e1" })] };
  const report = (data: object) => event("01-05 15:00", "message.status", { data });

  const own = { id: "own", channel: "event", class: "marketing", text: "Hi" };
  test.each([
    ["its own channel", "own", "clicked", true],
    ["email, a reply", "hello", "replied", true],
    ["email, a click, which SES reports itself", "hello", "clicked", false],
  ])("reaches the message by its id: %s", async (_, template, status, counts) => {
    const mail = { ...components.mail, template };
    const given = { ...parts, templates: [own, hello], journeys: [journey({ components: { ...components, mail } })] };
    const [enrollment] = await (await tell(given)).store.enrollments("c-1");
    const messageId = enrollment?.messages[0]?.messageId;
    const told = await story({ ...given, events: [...given.events, report({ messageId, status })] });
    expect(told.at(-2)).toBe(counts ? "01-05 15:00 | rest met" : "01-07 10:00 | rest notMet");
  });

  test.each([
    ["an unknown message", { messageId: "none-0", status: "read" }, 0],
    ["a message id that is none", { messageId: "nonsense", status: "read" }, 0],
    ["an unknown status", { messageId: "none-0", status: "seen" }, 1],
    ["no message", { status: "read" }, 1],
  ])("%s means nothing", async (_, data, warned) => {
    const told = await tell({ ...parts, events: [...parts.events, report(data)] });
    expect(told.story.at(-2)).toBe("01-07 10:00 | rest notMet");
    expect(told.warnings).toHaveLength(warned);
  });
});
