/** Journeys whose conditions name segments. A segment is live: each condition is evaluated with the segment of the moment. */
import { describe, expect, test } from "vitest";
import { brief, type Document, event, journey, lasting, on, start, story, tell, withoutTimes } from "./scenario-of.ts";

const until = (text: string) => ({ until: on(text) });
const segment = (id: string, where: Document): Document => ({ id, kind: "segment", name: id, where });
const is = (field: string, value: unknown) => ({ field, operator: "equals", value });
const inside = { segment: "german" };
const german = segment("german", is("customer.country", "DE"));
const people = (...countries: string[]) =>
  countries.map((country, index) => ({ customerId: `c-${index + 1}`, email: `c${index + 1}@shop.example`, country }));
const changed = (at: string, customer: Document, id = at) => event(at, "customer.updated", { id, customer });

describe("a segment decides", () => {
  const starts = [start("01-05 10:00", { id: "a" }), start("01-05 10:00", { id: "b", customerId: "c-2" })];
  const parts = { customers: people("DE", "FR"), segments: [german], events: starts, ...until("01-06 00:00") };

  test.each<[string, Document, string]>([
    ["in the audience", { trigger: { event: "start", audience: inside } }, "audience-false"],
    ["under not", { trigger: { event: "start", audience: { not: { not: inside } } } }, "audience-false"],
    ["beside other conditions", { trigger: { event: "start", where: { all: [inside, inside] } } }, "where-false"],
    ["through another segment", { trigger: { event: "start", audience: { segment: "outer" } } }, "audience-false"],
  ])("who enters, %s", async (_, over, reason) => {
    const segments = [segment("outer", { any: [inside] }), german];
    const told = await story({ ...parts, segments, journeys: [lasting(over)] });
    expect(told.filter((line) => line.includes("entered"))).toEqual([
      "01-05 10:00 | entered v1",
      `01-05 10:00 | c-2 not-entered ${reason}`,
    ]);
  });

  test("which branch of a condition is taken", async () => {
    const components = {
      choose: { type: "condition", branches: [{ when: inside, next: "note" }] },
      note: { type: "emitEvent", event: "noted" },
    };
    const told = withoutTimes(await story({ ...parts, journeys: [journey({ components })] }));
    expect(told.filter((line) => line.includes("choose"))).toEqual(["choose note", "c-2 choose end"]);
  });

  test("whom an audience run considers", async () => {
    const entries = [{ at: on("01-05 10:00"), journey: "j", audience: inside }];
    const told = await story({ ...parts, events: [], journeys: [lasting()], entries });
    expect(told).toContain("01-05 10:00 | run 1 considered, 1 entered {}");
  });

  test("by the number of events, where events can be counted", async () => {
    const often = { event: "start", count: { operator: "greaterThanOrEquals", value: 2 }, within: "P1D" };
    const told = await story({
      segments: [segment("german", often)],
      journeys: [brief({ trigger: { event: "start", audience: inside, entry: "always" } })],
      events: [start("01-05 10:00", { id: "a" }), start("01-05 11:00", { id: "b" })],
      ...until("01-06 00:00"),
    });
    expect(withoutTimes(told)).toEqual(["not-entered audience-false", "entered v1", "note done", "completed"]);
  });
});

describe("a change of the customer into a segment", () => {
  const moves = { events: [changed("01-06 10:00", { country: "DE" })], ...until("01-08 00:00") };

  test("lets the customer in, if the trigger watches the segment", async () => {
    const journeys = [lasting({ trigger: { where: inside } })];
    expect(await story({ customers: people("FR"), segments: [german], journeys, ...moves })).toEqual([
      "01-06 10:00 | entered v1",
      "01-06 10:00 | stay waiting 01-16 10:00",
    ]);
  });

  test("lets nobody in, if the trigger watches another segment", async () => {
    const journeys = [lasting({ trigger: { where: { segment: "vip" } } })];
    const segments = [german, segment("vip", is("customer.plan", "gold"))];
    expect(await story({ customers: people("FR"), segments, journeys, ...moves })).toEqual([]);
  });

  test.each<[string, Document, string]>([
    ["ends the enrollment by an exit rule", { exit: [{ id: "moved", where: inside }] }, "exited moved at stay"],
    ["reaches a goal", { goals: [{ id: "moved", where: inside }] }, "goal moved"],
  ])("%s", async (_, over, line) => {
    const events = [start(), ...moves.events];
    const told = await story({
      customers: people("FR"),
      segments: [german],
      journeys: [lasting(over)],
      events,
      ...until("01-08 00:00"),
    });
    expect(told).toContain(`01-06 10:00 | ${line}`);
  });

  test("ends a waitFor", async () => {
    const components = {
      wait: { type: "waitFor", branches: [{ id: "moved", where: inside, next: "note" }], within: "P9D" },
      note: { type: "emitEvent", event: "noted" },
    };
    const events = [start(), ...moves.events];
    const told = await story({
      customers: people("FR"),
      segments: [german],
      journeys: [journey({ components })],
      events,
      ...until("01-08 00:00"),
    });
    expect(told).toContain("01-06 10:00 | wait moved");
  });
});

describe("an edit of a segment", () => {
  const edit = (at: string, where: Document) => [{ at: on(at), segment: segment("german", where) }];

  test("counts for the next decision, without a new version of the journey", async () => {
    const told = await story({
      customers: people("FR"),
      segments: [german],
      journeys: [brief({ trigger: { event: "start", audience: inside, entry: "always" } })],
      events: [start("01-05 10:00", { id: "a" }), start("01-07 10:00", { id: "b" })],
      edits: edit("01-06 00:00", is("customer.country", "FR")),
      ...until("01-08 00:00"),
    });
    expect(told.slice(0, 2)).toEqual(["01-05 10:00 | not-entered audience-false", "01-07 10:00 | entered v1"]);
  });

  test("counts for customers inside, at the next condition that they come to", async () => {
    const components = {
      stay: { type: "wait", for: "P2D", next: "choose" },
      choose: { type: "condition", branches: [{ when: inside, next: "note" }] },
      note: { type: "emitEvent", event: "noted" },
    };
    const told = await story({
      customers: people("FR"),
      segments: [german],
      journeys: [journey({ components })],
      events: [start()],
      edits: edit("01-06 00:00", is("customer.country", "FR")),
      ...until("01-08 00:00"),
    });
    expect(told).toContain("01-07 10:00 | choose note");
  });

  test("is no change of the customer: it lets nobody in and takes nobody out", async () => {
    const told = await story({
      customers: people("FR", "FR"),
      segments: [german],
      journeys: [lasting({ exit: [{ id: "moved", where: inside }] }), lasting({ id: "k", trigger: { where: inside } })],
      events: [start()],
      edits: edit("01-06 00:00", is("customer.country", "FR")),
      ...until("01-08 00:00"),
    });
    expect(told).toEqual(["01-05 10:00 | entered v1", "01-05 10:00 | stay waiting 01-15 10:00"]);
  });

  test("that would break a journey changes nothing, and names the journey", async () => {
    const told = await tell({
      customers: people("DE"),
      segments: [german],
      journeys: [lasting({ exit: [{ id: "moved", where: { not: inside } }] })],
      events: [start(), changed("01-07 00:00", { country: "FR" })],
      edits: edit("01-06 00:00", { field: "customer.seenAt", operator: "olderThan", value: "P1D" }),
      ...until("01-08 00:00"),
    });
    expect(told.warnings).toEqual([
      expect.stringMatching(/the edit of "german" was rejected: where: The journey "j" uses .*exit\[0\]/),
    ]);
    expect(told.story.at(-1)).toBe("01-07 00:00 | exited moved at stay");
  });
});

test("dates in a segment are in the customer's zone or in UTC, never in the journey's zone", async () => {
  const born = { field: "customer.startsOn", operator: "inPast" };
  const parts = {
    customers: [{ customerId: "c-1", startsOn: "2026-01-05" }],
    segments: [segment("german", born)],
    // 20:00 on the day before in UTC; in Auckland it is the day already.
    events: [start("01-04 20:00")],
    ...until("01-06 00:00"),
  };
  const told = (audience: Document) =>
    story({ ...parts, journeys: [lasting({ timezone: "Pacific/Auckland", trigger: { event: "start", audience } })] });
  expect((await told(born))[0]).toBe("01-04 20:00 | entered v1");
  expect((await told(inside))[0]).toBe("01-04 20:00 | not-entered audience-false");
});
