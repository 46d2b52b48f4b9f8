/** Journey format §2: the events that apps publish. */
import { describe, expect, test } from "vitest";
import { ann, brief, event, hello, journey, lasting, on, start, story, tell, withoutTimes } from "./scenario-of.ts";

const updated = (at: string, customer: object, more: object = {}) =>
  event(at, "customer.updated", { customer, ...more });

async function customerAfter(events: readonly Record<string, unknown>[], customer: object = {}) {
  const { store } = await tell({ customers: [{ ...ann, ...customer }], events });
  const { attributes, tags } = await store.customer("c-1");
  return { ...attributes, tags };
}

describe("detail.customer merges into the customer", () => {
  const [nine, ten] = [on("01-05 09:00"), on("01-05 10:00")];
  test.each([
    ["a new attribute", [updated("01-05 10:00", { tier: "gold" })], { tier: "gold" }],
    [
      "an attribute that the event does not name stays",
      [updated("01-05 10:00", { tier: "gold" })],
      { email: ann.email },
    ],
    [
      "the newest time wins, in order",
      [updated("01-05 11:00", { a: 1 }, { time: nine }), updated("01-05 11:01", { a: 2 }, { time: ten })],
      { a: 2 },
    ],
    [
      "the newest time wins, out of order",
      [updated("01-05 11:00", { a: 2 }, { time: ten }), updated("01-05 11:01", { a: 1 }, { time: nine })],
      { a: 2 },
    ],
    [
      "per attribute",
      [
        updated("01-05 11:00", { a: 2, b: 2 }, { time: ten }),
        updated("01-05 11:01", { a: 1, b: 1, c: 1 }, { time: nine }),
      ],
      { a: 2, b: 2, c: 1 },
    ],
    [
      "of the same time, the later to come",
      [updated("01-05 10:00", { a: 1 }), updated("01-05 10:00", { a: 2 })],
      { a: 2 },
    ],
    ["null removes", [updated("01-05 10:00", { a: 1 }), updated("01-05 11:00", { a: null })], { a: undefined }],
    [
      "an older value does not bring back what was removed",
      [updated("01-05 11:00", { a: null }, { time: ten }), updated("01-05 11:01", { a: 1 }, { time: nine })],
      { a: undefined },
    ],
    [
      "a structured attribute is replaced as a whole",
      [updated("01-05 10:00", { a: { x: 1 } }), updated("01-05 11:00", { a: { y: 2 } })],
      { a: { y: 2 } },
    ],
    [
      "an attribute may have any name",
      [updated("01-05 10:00", { "first name": "x", customerId: "other" })],
      { "first name": "x" },
    ],
  ])("%s", async (_, events, expected) => {
    const after = await customerAfter(events);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, after[name as keyof typeof after]]))).toEqual(
      expected,
    );
  });

  test.each([
    ["replaces the set", [updated("01-05 10:00", { tags: ["b", "a", "b"] })], ["a", "b"]],
    ["an empty list empties it", [updated("01-05 10:00", { tags: [] })], []],
    ["null empties it", [updated("01-05 10:00", { tags: null })], []],
    [
      "the newest time wins",
      [updated("01-05 11:00", { tags: ["x"] }, { time: ten }), updated("01-05 11:01", { tags: ["y"] }, { time: nine })],
      ["x"],
    ],
    ["other changes leave it", [updated("01-05 10:00", { a: 1 })], ["old"]],
  ])("tags: %s", async (_, events, expected) => {
    expect((await customerAfter(events, { tags: ["old"] })).tags).toEqual(expected);
  });

  test("an event without `customer` changes nothing", async () => {
    expect(await customerAfter([event("01-05 10:00", "visit", { data: { tier: "gold" } })])).toEqual({
      email: ann.email,
      tags: [],
    });
  });
});

describe("a value of a reserved attribute that cannot be used never costs the event", () => {
  const before = { timezone: "Europe/Berlin", language: "de", phone: "+4930123456", tags: ["vip"] };
  const after = async (changes: Record<string, unknown>) => {
    const customers = [{ ...ann, ...before }];
    const events = [start("01-05 10:00", { customer: { tier: "gold", ...changes } })];
    const trigger = { event: "start", includeUnsubscribed: true };
    const { story, warnings, store } = await tell({ journeys: [brief({ trigger })], customers, events });
    expect(story[0]).toBe("01-05 10:00 | entered v1");
    const { attributes, notes, tags } = await store.customer("c-1");
    expect(attributes.tier).toBe("gold");
    return { attributes, notes, tags, warnings, counts: store.counts.get("~customers") ?? {} };
  };

  test.each([
    ["email", 7, "bad-address"],
    ["email", "ada@mail.example\r\nBcc: ben@mail.example", "bad-address"],
    ["email", `${"a".repeat(400)}@mail.example`, "bad-address"],
    ["phone", 4930123456, "bad-phone"],
    ["phone", "+49\u000030", "bad-phone"],
    ["timezone", "Berlin", "bad-timezone"],
    ["timezone", 1, "bad-timezone"],
    ["language", "de_DE", "bad-language"],
    ["language", ["de"], "bad-language"],
    ["tags", "vip", "bad-tags"],
    ["tags", [1], "bad-tags"],
    ["topics", "none", "bad-topics"],
  ])("%s %j stays as it was, and is noted", async (name, value, reason) => {
    const { attributes, notes, tags, warnings, counts } = await after({ [name]: value });
    const kept: Record<string, unknown> = { email: ann.email, ...before };
    expect(name === "tags" ? tags : attributes[name]).toEqual(kept[name]);
    expect(notes).toEqual({ [name]: { reason, at: on("01-05 10:00") } });
    expect(warnings).toEqual([expect.stringContaining(`the value of ${name} cannot be used (${reason})`)]);
    expect(counts).toEqual({ [`note.${name}.${reason}`]: 1 });
  });

  test.each([
    ["email", "", ann.email],
    ["email", " \t\n", ann.email],
    ["email", " new@mail.example\n", "new@mail.example"],
    ["email", "müller@mail.example", "müller@mail.example"],
    ["phone", " ", before.phone],
    ["phone", " +4930999 ", "+4930999"],
    ["email", null, undefined],
    ["phone", null, undefined],
    ["timezone", null, undefined],
    ["language", "de-AT", "de-AT"],
    ["unsubscribed", "false", false],
    ["unsubscribed", null, undefined],
    ["unsubscribed", true, true],
    ["unsubscribed", "true", true],
  ])("%s %j becomes %j, without a note", async (name, value, expected) => {
    const { attributes, notes } = await after({ [name]: value });
    expect(attributes[name]).toEqual(expected);
    expect(notes).toBeUndefined();
  });

  test.each([["yes"], [""], [1], [0], [{}], [[]]])(
    "unsubscribed %j counts as unsubscribed, and is noted",
    async (value) => {
      const { attributes, notes } = await after({ unsubscribed: value });
      expect(attributes.unsubscribed).toBe(true);
      expect(notes).toEqual({ unsubscribed: { reason: "bad-consent", at: on("01-05 10:00") } });
    },
  );

  test("a usable value that is newer removes the note; an older one does not", async () => {
    const events = [
      start("01-05 10:00", { customer: { timezone: "Berlin" } }),
      event("01-05 11:00", "late", { time: on("01-05 09:00"), customer: { timezone: "Europe/Paris" } }),
    ];
    const { store } = await tell({ journeys: [brief()], events });
    expect((await store.customer("c-1")).notes).toHaveProperty("timezone");
    const mended = [...events, event("01-05 12:00", "mended", { customer: { timezone: "Europe/Rome" } })];
    const later = await tell({ journeys: [brief()], events: mended });
    expect((await later.store.customer("c-1")).notes).toBeUndefined();
  });

  test("a value that updateCustomer reads from the event is read in the same way", async () => {
    const components = { set: { type: "updateCustomer", set: { timezone: { path: "event.zone" } } } };
    const { store } = await tell({
      journeys: [journey({ components })],
      events: [start("01-05 10:00", { data: { zone: "Berlin" } })],
    });
    const { attributes, notes } = await store.customer("c-1");
    expect(attributes).not.toHaveProperty("timezone");
    expect(notes).toMatchObject({ timezone: { reason: "bad-timezone" } });
    expect(store.counts.get("~customers")).toEqual({ "note.timezone.bad-timezone": 1 });
  });

  test("a note is no change of the customer: it meets no goal", async () => {
    const goals = [{ id: "german", where: { field: "customer.country", operator: "equals", value: "DE" } }];
    const { summary } = await tell({
      journeys: [lasting({ goals })],
      customers: [{ ...ann, country: "DE" }],
      events: [start("01-05 10:00"), event("01-05 11:00", "noise", { customer: { timezone: "Berlin" } })],
    });
    expect(summary.goals).toEqual({ "j/german": 0 });
  });
});

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
