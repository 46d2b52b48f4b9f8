/** Journey format §2: the member `customer` of an event changes the customer. */
import { describe, expect, test } from "vitest";
import { ann, brief, event, journey, lasting, on, start, tell } from "../scenario-of.ts";
import { updated } from "./customer-updated.ts";

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
