/** A journey with the status `held`: no customer enters or takes a step, and nothing is lost when it is resumed. */
import { describe, expect, test } from "vitest";
import { type Document, event, journey, on, start, status, story, withoutTimes } from "./scenario-of.ts";

const edit = (at: string, document: Document) => ({ at: on(at), journey: document });
const tag = (name: string, next?: string) => ({ type: "addTag", tags: [name], ...(next && { next }) });

/** A wait of a day, then a tag and a mail. */
const waits = (parts: Document = {}) =>
  journey({
    components: {
      day: { type: "wait", for: "P1D", next: "tag" },
      tag: tag("after", "mail"),
      mail: { type: "sendTemplate", template: "hello" },
    },
    ...parts,
  });
const held = (from: string, until: string, document = waits) => [
  edit(from, document({ status: "held" })),
  edit(until, document()),
];

describe("a customer whose wait ends", () => {
  test("while the journey is held stays there, and goes on when it is resumed", async () => {
    expect(await story({ journeys: [waits()], events: [start()], edits: held("01-05 12:00", "01-08 12:00") })).toEqual([
      "01-05 10:00 | entered v1",
      "01-05 10:00 | day waiting 01-06 10:00",
      "01-08 12:00 | day done",
      "01-08 12:00 | tag done",
      "01-08 12:00 | mail mail: Hello",
      "01-08 12:00 | mail done",
      "01-08 12:00 | completed",
    ]);
  });

  test("after the journey is resumed is not delayed", async () => {
    const told = await story({ journeys: [waits()], events: [start()], edits: held("01-05 12:00", "01-05 13:00") });
    expect(told).toContain("01-06 10:00 | tag done");
  });

  test("stays for more than a year", async () => {
    const told = await story({
      journeys: [waits()],
      events: [start()],
      edits: [edit("01-05 12:00", waits({ status: "held" })), { at: "2027-03-01T00:00:00Z", journey: waits() }],
      until: "2027-06-01T00:00:00Z",
    });
    expect(withoutTimes(told).slice(2)).toEqual(["day done", "tag done", "mail mail: Hello", "mail done", "completed"]);
    expect(told.at(-1)).toMatch(/^2027-03-01/);
  });

  test("of a journey that nobody resumes stays inside, and the simulation ends", async () => {
    const told = await story({
      journeys: [waits()],
      events: [start()],
      edits: [edit("01-05 12:00", waits({ status: "held" }))],
    });
    expect(told).toEqual(["01-05 10:00 | entered v1", "01-05 10:00 | day waiting 01-06 10:00"]);
  });
});

test("nobody enters", async () => {
  const told = await story({
    journeys: [waits({ status: "held" })],
    events: [start()],
    edits: [edit("01-06 10:00", waits())],
  });
  expect(told).toEqual(["01-05 10:00 | not-entered not-active"]);
});

test.each(["paused", "draft"])("%s ends a hold too", async (after) => {
  const told = await story({
    journeys: [waits()],
    events: [start()],
    edits: [edit("01-05 12:00", waits({ status: "held" })), edit("01-08 12:00", waits({ status: after }))],
  });
  expect(told.at(-1)).toBe("01-08 12:00 | completed");
});

test("a stop takes the parked customers out", async () => {
  const told = await story({
    journeys: [waits()],
    events: [start()],
    edits: [edit("01-05 12:00", waits({ status: "held" })), edit("01-08 12:00", waits({ status: "stopped" }))],
  });
  expect(told.at(-1)).toBe("01-08 12:00 | exited journey-stopped at day");
});

test("exits and goals are judged while the journey is held, at once", async () => {
  const rules = (parts: Document = {}) =>
    waits({ exit: [{ id: "bought", event: "buy" }], goals: [{ id: "sale", event: "buy" }], ...parts });
  const told = await story({
    journeys: [rules()],
    events: [start(), event("01-07 09:00", "buy")],
    edits: held("01-05 12:00", "01-08 12:00", rules),
  });
  expect(told.slice(2)).toEqual(["01-07 09:00 | goal sale", "01-07 09:00 | exited bought at day"]);
});

describe("everything is judged by its own time", () => {
  const rule = (parts: Document = {}) =>
    journey({
      components: {
        mail: { type: "sendTemplate", template: "hello", next: "read" },
        read: {
          type: "messageStatusRule",
          message: "mail",
          status: "read",
          within: "P1D",
          met: "yes",
          notMet: "no",
        },
        yes: tag("yes"),
        no: tag("no"),
      },
      ...parts,
    });
  test.each([
    ["a status before the deadline", "01-05 20:00", "met"],
    ["a status after the deadline", "01-07 10:00", "notMet"],
  ])("%s, both while the journey is held", async (_, at, outcome) => {
    const told = await story({
      journeys: [rule()],
      events: [start()],
      statuses: [status(at, "mail", "read")],
      edits: held("01-05 12:00", "01-08 12:00", rule),
    });
    expect(told).toContain(`01-08 12:00 | read ${outcome}`);
  });

  const listen = (parts: Document = {}) =>
    journey({
      components: {
        listen: {
          type: "waitFor",
          branches: [{ id: "paid", event: "pay", next: "yes" }],
          within: "P1D",
          otherwise: "no",
        },
        yes: tag("yes"),
        no: tag("no"),
      },
      ...parts,
    });
  test.each([
    ["an event before the deadline", "01-05 20:00", "paid"],
    ["an event after the deadline", "01-07 10:00", "otherwise"],
  ])("%s, both while the journey is held", async (_, at, outcome) => {
    const told = await story({
      journeys: [listen()],
      events: [start(), event(at, "pay")],
      edits: held("01-05 12:00", "01-08 12:00", listen),
    });
    expect(withoutTimes(told)).toContain(`listen ${outcome}`);
    expect(told).toContain(`01-08 12:00 | listen ${outcome}`);
  });

  test("a wait until a time of day that passed meanwhile ends when the journey is resumed", async () => {
    const nine = (parts: Document = {}) =>
      journey({ components: { nine: { type: "wait", until: { time: "09:00" }, next: "t" }, t: tag("t") }, ...parts });
    const told = await story({
      journeys: [nine()],
      events: [start()],
      edits: held("01-05 12:00", "01-08 12:00", nine),
    });
    expect(told.at(-1)).toBe("01-08 12:00 | completed");
  });
});
