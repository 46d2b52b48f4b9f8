/** Journeys that start by a schedule or by a person. */
import { describe, expect, test } from "vitest";
import { ann, brief, type Document, event, journey, lasting, on, story, tell } from "../scenario-of.ts";
import { until } from "./people.ts";

const people = (...countries: string[]) =>
  countries.map((country, index) => ({ customerId: `c-${index + 1}`, email: `c${index + 1}@shop.example`, country }));

const weekly = { cron: "0 9 * * mon" };

const german = { field: "customer.country", operator: "equals", value: "DE" };

describe("a schedule", () => {
  test("considers every customer with a profile at each occurrence, and counts refusals", async () => {
    const journeys = [brief({ trigger: { schedule: weekly, audience: german } })];
    expect(await story({ journeys, customers: people("DE", "FR", "DE"), ...until("01-13 00:00") })).toEqual([
      "01-05 09:00 | entered v1",
      "01-05 09:00 | c-3 entered v1",
      '01-05 09:00 | run 3 considered, 2 entered {"audience-false":1}',
      "01-05 09:00 | note done",
      "01-05 09:00 | completed",
      "01-05 09:00 | c-3 note done",
      "01-05 09:00 | c-3 completed",
      "01-12 09:00 | entered v1",
      "01-12 09:00 | c-3 entered v1",
      '01-12 09:00 | run 3 considered, 2 entered {"audience-false":1}',
      "01-12 09:00 | note done",
      "01-12 09:00 | completed",
      "01-12 09:00 | c-3 note done",
      "01-12 09:00 | c-3 completed",
    ]);
  });

  test.each<[string, Document, string]>([
    ["once a customer, if the entry rule says so", { entry: "once" }, 'run 1 considered, 0 entered {"entry-limit":1}'],
    ["again at each occurrence by default", {}, "run 1 considered, 1 entered {}"],
  ])("lets in %s", async (_, trigger, second) => {
    const journeys = [brief({ trigger: { schedule: weekly, ...trigger } })];
    const runs = (await story({ journeys, ...until("01-13 00:00") })).filter((line) => line.includes("run"));
    expect(runs[1]).toBe(`01-12 09:00 | ${second}`);
  });

  test("at one time lets in once", async () => {
    const journeys = [brief({ trigger: { schedule: { at: "2026-01-06T09:00" } } })];
    const told = await story({ journeys, ...until("02-13 00:00") });
    expect(told.filter((line) => line.includes("entered v1"))).toEqual(["01-06 09:00 | entered v1"]);
  });

  test("does not run while the journey is paused, and makes up for nothing", async () => {
    const scheduled = (status: string) => brief({ status, trigger: { schedule: weekly } });
    const told = await story({
      journeys: [scheduled("active")],
      events: [event("01-01 00:00", "other")],
      edits: [
        { at: on("01-06 00:00"), journey: scheduled("paused") },
        { at: on("01-14 00:00"), journey: scheduled("active") },
      ],
      ...until("01-20 00:00"),
    });
    expect(told.filter((line) => line.includes("run"))).toEqual([
      "01-05 09:00 | run 1 considered, 1 entered {}",
      "01-19 09:00 | run 1 considered, 1 entered {}",
    ]);
  });

  test("does not bring back a customer who was erased; a customer who comes back is considered again", async () => {
    const erased = event("01-06 00:00", "customer.deleted", { id: "d" });
    const back = event("01-14 00:00", "customer.updated", { id: "u", customer: { country: "DE" } });
    const told = await story({
      journeys: [brief({ trigger: { schedule: weekly } })],
      events: [event("01-01 00:00", "other"), erased, back],
      ...until("01-20 00:00"),
    });
    expect(told.filter((line) => line.includes("run"))).toEqual([
      "01-05 09:00 | run 1 considered, 1 entered {}",
      "01-12 09:00 | run 0 considered, 0 entered {}",
      "01-19 09:00 | run 1 considered, 1 entered {}",
    ]);
  });

  test("follows an edit of the schedule", async () => {
    const told = await story({
      journeys: [brief({ trigger: { schedule: weekly } })],
      events: [event("01-01 00:00", "other")],
      edits: [{ at: on("01-06 00:00"), journey: brief({ trigger: { schedule: { cron: "0 12 * * thu" } } }) }],
      ...until("01-13 00:00"),
    });
    expect(told.filter((line) => line.includes("run")).map((line) => line.slice(0, 11))).toEqual([
      "01-05 09:00",
      "01-08 12:00",
    ]);
  });

  test("in the customers' zones: entry at the start of the run, the first component at the local time", async () => {
    const customers = [
      { ...ann, timezone: "Pacific/Auckland" },
      { customerId: "c-2", email: "b@shop.example", timezone: "Pacific/Honolulu" },
      { customerId: "c-3", email: "c@shop.example" },
    ];
    const at = { at: "2026-01-06T09:00", timezone: "customer" };
    const journeys = [
      journey({ trigger: { schedule: at }, components: { hello: { type: "sendTemplate", template: "hello" } } }),
    ];
    const told = await story({ journeys, customers, ...until("02-01 00:00") });
    expect(told.filter((line) => /entered v1|mail/.test(line))).toEqual([
      "01-05 19:00 | entered v1",
      "01-05 19:00 | c-2 entered v1",
      "01-05 19:00 | c-3 entered v1",
      "01-05 20:00 | mail hello: Hello",
      "01-06 09:00 | c-3 mail hello: Hello",
      "01-06 19:00 | c-2 mail hello: Hello",
    ]);
  });

  test("an exit before the local time takes the customer out before the first component", async () => {
    const trigger = { schedule: { at: "2026-01-06T09:00", timezone: "customer" } };
    const journeys = [
      journey({
        trigger,
        exit: [{ id: "bought", event: "order.placed" }],
        components: { hello: { type: "sendTemplate", template: "hello" } },
      }),
    ];
    const events = [event("01-05 22:00", "order.placed", { id: "o" })];
    expect(await story({ journeys, events, ...until("02-01 00:00") })).toEqual([
      "01-05 19:00 | entered v1",
      "01-05 19:00 | run 1 considered, 1 entered {}",
      "01-05 22:00 | exited bought at hello",
    ]);
  });
});

describe("a run that a person starts", () => {
  const entry = (more: Document = {}) => ({ entries: [{ at: on("01-05 10:00"), journey: "j", ...more }] });
  const runLine = async (parts: Document) =>
    (await story({ ...parts, ...until("01-06 00:00") })).filter((line) => /run|not-entered/.test(line));

  test.each<[string, Document, Document, string[]]>([
    ["everyone", {}, {}, ["01-05 10:00 | run 3 considered, 3 entered {}"]],
    ["an audience", {}, { audience: german }, ["01-05 10:00 | run 2 considered, 2 entered {}"]],
    [
      "customers by name, with a reason for each who is refused",
      { trigger: { event: "start", audience: german } },
      { customers: ["c-1", "c-2"] },
      [
        "01-05 10:00 | c-2 not-entered audience-false",
        '01-05 10:00 | run 2 considered, 1 entered {"audience-false":1}',
      ],
    ],
    [
      "without the condition on the trigger's event",
      { trigger: { event: "start", where: { field: "event.total", operator: "greaterThan", value: 5 } } },
      {},
      ["01-05 10:00 | run 3 considered, 3 entered {}"],
    ],
    [
      "with the condition of a trigger without event",
      { trigger: { where: german } },
      {},
      ['01-05 10:00 | run 3 considered, 2 entered {"where-false":1}'],
    ],
    [
      "nobody, while the journey is paused",
      { status: "paused" },
      {},
      ['01-05 10:00 | run 3 considered, 0 entered {"not-active":3}'],
    ],
  ])("enters %s", async (_, over, how, expected) => {
    const journeys = [lasting(over)];
    expect(await runLine({ journeys, customers: people("DE", "FR", "DE"), ...entry(how) })).toEqual(expected);
  });

  test("with an event: the newest within the time that meets the trigger is the trigger event", async () => {
    const order = (day: string, id: string, total: number, customerId = "c-1") =>
      event(`${day} 09:00`, "order.placed", { id, customerId, data: { total, orderId: id } });
    const told = await tell({
      journeys: [
        lasting({
          trigger: {
            event: "order.placed",
            key: "event.orderId",
            entry: "always",
            where: { field: "event.total", operator: "greaterThan", value: 10 },
          },
        }),
      ].map((document) => ({ ...document, status: "paused" })),
      customers: people("DE", "FR", "DE"),
      events: [order("01-02", "a", 50), order("01-03", "b", 60), order("01-04", "c", 5), order("01-01", "d", 5, "c-2")],
      edits: [
        {
          at: on("01-04 12:00"),
          journey: lasting({
            trigger: {
              event: "order.placed",
              key: "event.orderId",
              entry: "always",
              where: { field: "event.total", operator: "greaterThan", value: 10 },
            },
          }),
        },
      ],
      ...until("01-07 00:00"),
      entries: [
        { at: on("01-05 10:00"), journey: "j", event: "order.placed", within: "P30D" },
        { at: on("01-05 11:00"), journey: "j", event: "order.placed", within: "P30D" },
      ],
    });
    expect(told.story.filter((line) => /entered v1|run/.test(line))).toEqual([
      "01-05 10:00 | entered v1 key b",
      '01-05 10:00 | run 2 considered, 1 entered {"where-false":1}',
      '01-05 11:00 | run 2 considered, 0 entered {"duplicate-event":1,"where-false":1}',
    ]);
  });

  test("does not let in a customer by name who was erased", async () => {
    const told = await story({
      journeys: [lasting()],
      events: [event("01-05 09:00", "customer.deleted", { id: "d" })],
      ...entry({ customers: ["c-1"] }),
      ...until("01-06 00:00"),
    });
    expect(told).toEqual(["01-05 10:00 | run 0 considered, 0 entered {}"]);
  });

  test("at a rate: at most so many in that time", async () => {
    const journeys = [lasting({ trigger: { event: "start", rate: { max: 2, per: "PT1H" } } })];
    const told = await story({
      journeys,
      customers: people("DE", "DE", "DE", "DE", "DE"),
      ...entry(),
      ...until("01-06 00:00"),
    });
    expect(told.filter((line) => /entered v1|run/.test(line))).toEqual([
      "01-05 10:00 | entered v1",
      "01-05 10:00 | c-2 entered v1",
      "01-05 11:00 | c-3 entered v1",
      "01-05 11:00 | c-4 entered v1",
      "01-05 12:00 | c-5 entered v1",
      "01-05 12:00 | run 5 considered, 5 entered {}",
    ]);
  });

  test("a second run of the journey that comes meanwhile is skipped", async () => {
    const journeys = [lasting({ trigger: { event: "start", rate: { max: 1, per: "PT1H" } } })];
    const entries = ["01-05 10:00", "01-05 10:30"].map((at) => ({ at: on(at), journey: "j" }));
    const told = await tell({ journeys, customers: people("DE", "DE"), entries, ...until("01-06 00:00") });
    expect(told.story.filter((line) => line.includes("run"))).toEqual(["01-05 11:00 | run 2 considered, 2 entered {}"]);
    expect(told.warnings).toEqual([expect.stringContaining("skipped")]);
  });
});
