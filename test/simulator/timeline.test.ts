/** Journey format §4: the exact lines of a timeline. */
import { describe, expect, test } from "vitest";
import { ann, brief, event, hello, journey, lasting, on, start, status, tell } from "../behaviour/scenario-of.ts";

const ids = { customerId: "c-1", journeyId: "j", enrollmentId: expect.any(String) };
const at = on("01-05 10:00");
const lines = async (parts: Parameters<typeof tell>[0]) => (await tell(parts)).lines;

describe("kinds of lines", () => {
  test("entered, with key and event", async () => {
    const [line] = await lines({
      journeys: [brief({ trigger: { event: "start", key: "event.k" } })],
      events: [start("01-05 10:00", { data: { k: 7 } })],
    });
    expect(line).toEqual({ at, kind: "entered", ...ids, version: 1, key: 7, event: "start" });
  });

  test("entered by a change, without key", async () => {
    const journeys = [brief({ trigger: { where: { field: "customer.x", operator: "exists" } } })];
    const [line] = await lines({
      journeys,
      events: [event("01-05 10:00", "customer.updated", { customer: { x: 1 } })],
    });
    expect(line).toEqual({ at, kind: "entered", ...ids, version: 1 });
  });

  test("not-entered", async () => {
    const journeys = [brief({ status: "paused", trigger: { event: "start", key: "event.k" } })];
    expect(
      await lines({ journeys, events: [start("01-05 10:00", { data: { k: "a" } }), start("01-05 10:00")] }),
    ).toEqual([
      { at, kind: "not-entered", ...ids, version: 1, key: "a", event: "start", reason: "not-active" },
      { at, kind: "not-entered", ...ids, version: 1, event: "start", reason: "not-active" },
    ]);
  });

  test("component, waiting and done", async () => {
    const about = { kind: "component", ...ids, componentId: "stay", type: "wait" };
    expect((await lines({ journeys: [lasting()], events: [start()] })).slice(1)).toEqual([
      { at, ...about, outcome: "waiting", until: on("01-15 10:00") },
      { at: on("01-15 10:00"), ...about, outcome: "done" },
      { at: on("01-15 10:00"), kind: "completed", ...ids },
    ]);
  });

  test("component, skipped", async () => {
    const journeys = [journey({ components: { mail: { type: "sendTemplate", template: "hello" } } })];
    expect((await lines({ journeys, customers: [], events: [start()] }))[1]).toEqual({
      at,
      kind: "component",
      ...ids,
      componentId: "mail",
      type: "sendTemplate",
      outcome: "skipped",
      reason: "no-address",
    });
  });

  test("message, with the parts of its template", async () => {
    const journeys = [journey({ components: { mail: { type: "sendTemplate", template: "hello" } } })];
    const about = {
      at,
      kind: "message",
      ...ids,
      componentId: "mail",
      template: "hello",
      channel: "email",
      to: ann.email,
      subject: "Hello",
    };
    const { text: _, ...html } = { ...hello, html: "<p>" };
    expect((await lines({ journeys, events: [start()] }))[1]).toEqual({ ...about, text: "Hello" });
    expect((await lines({ journeys, templates: [html], events: [start()] }))[1]).toEqual({ ...about, html: "<p>" });
  });

  test("goal, exited, failed", async () => {
    const rules = { goals: [{ id: "g", event: "order" }], exit: [{ id: "x", event: "order" }] };
    const told = await lines({ journeys: [lasting(rules)], events: [start(), event("01-06 10:00", "order")] });
    expect(told.slice(-2)).toEqual([
      { at: on("01-06 10:00"), kind: "goal", ...ids, goalId: "g" },
      { at: on("01-06 10:00"), kind: "exited", ...ids, reason: "x", componentId: "stay" },
    ]);
    const components = {
      rest: {
        type: "wait",
        until: { field: "customer.never", ifPast: "continue", ifMissing: "continue" },
        next: "tag",
      },
      tag: { type: "addTag", tags: ["x"], next: "rest" },
    };
    expect((await lines({ journeys: [journey({ components })], events: [start()] })).at(-1)).toEqual({
      at,
      kind: "failed",
      ...ids,
      reason: "endless-loop",
    });
  });
});

describe("the summary", () => {
  test("has all counts", async () => {
    const journeys = [
      lasting({
        goals: [
          { id: "g", event: "order" },
          { id: "h", event: "never" },
        ],
        exit: [{ id: "x", event: "order" }],
      }),
      journey({
        id: "k",
        components: {
          mail: { type: "sendTemplate", template: "hello", next: "tag" },
          tag: { type: "addTag", tags: ["b", "a"] },
        },
      }),
    ];
    const events = [
      start(),
      start("01-05 10:00", { customerId: "c-2", customer: { email: "c2@shop.example" } }),
      event("01-06 10:00", "order"),
    ];
    const { summary } = await tell({ journeys, events, until: on("01-10 00:00") });
    expect(summary).toEqual({
      kind: "summary",
      entered: 4,
      active: 1,
      completed: 2,
      exited: 1,
      failed: 0,
      goals: { "j/g": 1, "j/h": 0 },
      messages: 2,
      tags: { "c-1": ["a", "b"], "c-2": ["a", "b"] },
    });
  });

  test("of an empty scenario has zeros", async () => {
    expect((await tell({})).summary).toEqual({
      kind: "summary",
      entered: 0,
      active: 0,
      completed: 0,
      exited: 0,
      failed: 0,
      goals: {},
      messages: 0,
      tags: {},
    });
  });

  test("leaves out customers without tags", async () => {
    expect((await tell({ customers: [ann, { customerId: "c-2", tags: ["vip"] }] })).summary.tags).toEqual({
      "c-2": ["vip"],
    });
  });
});

describe("lines come in order of time", () => {
  test("whatever the order of a scenario", async () => {
    const journeys = [lasting({ trigger: { event: "start", entry: "always" } })];
    const told = await lines({ journeys, events: [start("01-09 10:00"), start("01-05 10:00"), start("01-07 10:00")] });
    const times = told.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(told.map(({ kind }) => kind).filter((kind) => kind === "entered")).toHaveLength(3);
  });

  test("an event with an earlier time has its line at its delivery", async () => {
    const [line] = await lines({ journeys: [brief()], events: [start("01-05 10:00", { time: on("01-01 10:00") })] });
    expect(line?.at).toBe(at);
  });
});

test("the same scenario gives the same lines", async () => {
  const parts = {
    journeys: [
      journey({
        components: {
          split: {
            type: "split",
            branches: [
              { percent: 50, next: "mail" },
              { percent: 50, next: "rest" },
            ],
          },
          mail: { type: "sendTemplate", template: "hello", next: "rest" },
          rest: { type: "wait", until: { time: "09:00", timezone: "Europe/Berlin" } },
        },
      }),
    ],
    events: Array.from({ length: 30 }, (_, n) =>
      start("01-05 10:00", { customerId: `c-${n}`, customer: { email: `c${n}@shop.example` } }),
    ),
    statuses: [status("01-05 12:00", "mail", "read", "c-3")],
  };
  const [once, again] = [await tell(parts), await tell(parts)];
  expect(again.lines).toEqual(once.lines);
  expect(again.summary).toEqual(once.summary);
});
