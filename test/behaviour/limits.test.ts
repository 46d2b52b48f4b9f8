/** `limits`: frequency caps over all journeys and quiet hours, and their effect on the customer. */
import { describe, expect, test } from "vitest";
import { ann, event, hello, journey, on, receipt, start, story, tell } from "./scenario-of.ts";

const mail = (template = "hello", next?: string) => ({ type: "sendTemplate", template, ...(next && { next }) });
const tag = { type: "addTag", tags: ["after"] };
const sending = (limits: object, parts: object = {}) =>
  journey({ limits, components: { mail: mail("hello", "tag"), tag }, ...parts });
const another = { id: "k", trigger: { event: "other", entry: "always" } };
/** Sends two messages on `other`, by a journey without limits. */
const noisy = journey({ ...another, components: { one: mail("hello", "two"), two: mail() } });
const capped = (otherwise: string, more: object = {}) => ({ cap: [{ max: 2, within: "P7D", otherwise, ...more }] });
const other = (at: string) => event(at, "other");
const of = (lines: readonly string[]) => lines.filter((line) => !line.includes(" k "));

describe("a frequency cap counts the messages of all journeys", () => {
  test("skip: the message is not sent, and the customer goes on", async () => {
    const told = await tell({ journeys: [sending(capped("skip")), noisy], events: [other("01-05 09:00"), start()] });
    expect(of(told.story)).toEqual([
      "01-05 10:00 | entered v1",
      "01-05 10:00 | mail skipped (frequency-cap)",
      "01-05 10:00 | tag done",
      "01-05 10:00 | completed",
    ]);
    expect(told.summary.messages).toBe(2);
    expect(told.store.counts.get("j")).toMatchObject({ "message.mail.skipped.frequency-cap": 1 });
  });

  test("exit: the customer leaves, and no later component has any effect", async () => {
    const told = await story({ journeys: [sending(capped("exit")), noisy], events: [other("01-05 09:00"), start()] });
    expect(of(told)).toEqual(["01-05 10:00 | entered v1", "01-05 10:00 | exited frequency-cap at mail"]);
  });

  test("delay: the message is sent as soon as the cap allows it", async () => {
    const limits = capped("delay", { atMost: "P7D" });
    const told = await story({ journeys: [sending(limits), noisy], events: [other("01-05 09:00"), start()] });
    expect(of(told)).toEqual([
      "01-05 10:00 | entered v1",
      "01-05 10:00 | mail waiting 01-12 09:00 (frequency-cap)",
      "01-12 09:00 | mail mail: Hello",
      "01-12 09:00 | mail done",
      "01-12 09:00 | tag done",
      "01-12 09:00 | completed",
    ]);
  });

  test("delay, while other journeys use the room: the message is delayed again, and skipped when it would be too late", async () => {
    const limits = capped("delay", { atMost: "P10D" });
    const events = [other("01-05 09:00"), start(), event("01-12 08:59", "third"), other("01-12 08:59:30")];
    const told = await story({ journeys: [sending(limits), noisy], events: [...events, other("01-12 09:00")] });
    expect(of(told).slice(1, 4)).toEqual([
      "01-05 10:00 | mail waiting 01-12 09:00 (frequency-cap)",
      "01-12 09:00 | mail skipped (frequency-cap)",
      "01-12 09:00 | tag done",
    ]);
    const longer = sending(capped("delay", { atMost: "P20D" }));
    const patient = await story({
      journeys: [longer, noisy],
      events: [other("01-05 09:00"), start(), other("01-12 08:00")],
    });
    expect(of(patient).slice(1, 4)).toEqual([
      "01-05 10:00 | mail waiting 01-12 09:00 (frequency-cap)",
      "01-12 09:00 | mail waiting 01-19 08:00 (frequency-cap)",
      "01-19 08:00 | mail mail: Hello",
    ]);
  });

  test("other customers' messages do not count, nor skipped ones", async () => {
    const events = [event("01-05 09:00", "other", { customerId: "c-2" }), start()];
    const customers = [ann, { customerId: "c-2", email: "ben@shop.example" }];
    const told = await story({ journeys: [sending(capped("skip")), noisy], customers, events });
    expect(told).toContain("01-05 10:00 | mail done");
    const skipped = await story({
      journeys: [sending(capped("skip")), noisy],
      customers: [{ ...ann, topics: { news: false } }],
      templates: [{ ...hello, topic: "news" }, receipt],
      events: [other("01-05 09:00"), start()],
    });
    expect(skipped).toContain("01-05 10:00 | mail skipped (topic-unsubscribed)");
  });

  test("a transactional message is sent in any case, and does not count", async () => {
    const asked = journey({ ...another, components: { one: mail("receipt", "two"), two: mail("receipt") } });
    const told = await story({ journeys: [sending(capped("skip")), asked], events: [other("01-05 09:00"), start()] });
    expect(told).toContain("01-05 10:00 | mail done");
  });

  test("several messages of one journey count too", async () => {
    const components = { a: mail("hello", "b"), b: mail("hello", "c"), c: mail() };
    const told = await story({ journeys: [journey({ components, limits: capped("skip") })], events: [start()] });
    expect(told.filter((line) => / (a|b|c) /.test(line)).slice(-1)).toEqual([
      "01-05 10:00 | c skipped (frequency-cap)",
    ]);
  });
});

describe("quiet hours in the customer's zone", () => {
  const quiet = (otherwise: string, more: object = {}) => ({
    quietHours: { from: "21:00", to: "08:00", otherwise, ...more },
  });
  const tokyo = { ...ann, timezone: "Asia/Tokyo" };

  test("delay: the message is sent when the quiet hours end in the customer's zone", async () => {
    const told = await story({
      journeys: [sending(quiet("delay"))],
      customers: [tokyo],
      events: [start("01-05 14:00")],
    });
    expect(told).toEqual([
      "01-05 14:00 | entered v1",
      "01-05 14:00 | mail waiting 01-05 23:00 (quiet-hours)",
      "01-05 23:00 | mail mail: Hello",
      "01-05 23:00 | mail done",
      "01-05 23:00 | tag done",
      "01-05 23:00 | completed",
    ]);
  });

  test("a customer without a zone has the journey's zone", async () => {
    const journeys = [sending(quiet("skip"), { timezone: "Asia/Tokyo" })];
    expect(await story({ journeys, events: [start("01-05 14:00")] })).toContain(
      "01-05 14:00 | mail skipped (quiet-hours)",
    );
    expect(await story({ journeys, events: [start("01-05 10:00")] })).toContain("01-05 10:00 | mail done");
  });

  test("exits count during the delay", async () => {
    const journeys = [sending(quiet("delay"), { exit: [{ id: "bought", event: "order" }] })];
    const told = await tell({ journeys, events: [start("01-05 22:00"), event("01-06 07:00", "order")] });
    expect(told.story.at(-1)).toBe("01-06 07:00 | exited bought at mail");
    expect(told.summary.messages).toBe(0);
  });

  test("a customer who unsubscribes during the delay does not get the message", async () => {
    const gone = event("01-06 07:00", "leave", { customer: { unsubscribed: true } });
    const told = await story({ journeys: [sending(quiet("delay"))], events: [start("01-05 22:00"), gone] });
    expect(told).toContain("01-06 08:00 | mail skipped (unsubscribed)");
  });

  test("a rule on the message counts its time from when the message went out", async () => {
    const rule = { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "tag" };
    const components = { mail: mail("hello", "rule"), rule, tag };
    const told = await story({
      journeys: [journey({ components, limits: quiet("delay") })],
      events: [start("01-05 22:00")],
    });
    expect(told).toContain("01-06 08:00 | rule waiting 01-07 08:00");
  });

  test("a loop whose message is always delayed waits, and goes on", async () => {
    const components = { mail: mail("hello", "rest"), rest: { type: "wait", for: "P1D", next: "mail" } };
    const told = await tell({
      journeys: [journey({ components, limits: quiet("delay") })],
      events: [start("01-05 22:00")],
      until: on("01-10 00:00"),
    });
    expect(told.story.filter((line) => line.includes("mail mail"))).toEqual(
      ["06", "07", "08", "09"].map((day) => `01-${day} 08:00 | mail mail: Hello`),
    );
  });
});

describe("the stack's limits", () => {
  const night = { quietHours: { from: "21:00", to: "08:00", otherwise: "skip" } };
  test("apply to journeys without limits", async () => {
    const journeys = [journey({ components: { mail: mail() } })];
    expect(await story({ journeys, limits: night, events: [start("01-05 22:00")] })).toContain(
      "01-05 22:00 | mail skipped (quiet-hours)",
    );
  });
  test("the stack's limits do not apply to a journey that turns them off", async () => {
    const journeys = [sending({ quietHours: "none" })];
    expect(await story({ journeys, limits: night, events: [start("01-05 22:00")] })).toContain(
      "01-05 22:00 | mail done",
    );
  });
});

test("limits are live: an edit applies to customers inside the journey", async () => {
  const components = { rest: { type: "wait", for: "P1D", next: "mail" }, mail: mail() };
  const limits = { quietHours: { from: "09:00", to: "11:00", otherwise: "skip" } };
  const told = await story({
    journeys: [journey({ components })],
    edits: [{ at: on("01-05 12:00"), journey: journey({ components, limits }) }],
    events: [start()],
  });
  expect(told).toContain("01-06 10:00 | mail skipped (quiet-hours)");
});
