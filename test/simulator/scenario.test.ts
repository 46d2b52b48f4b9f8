/** Journey format §4: the form of a scenario, and what the simulator does with each part. */
import { describe, expect, test } from "vitest";
import { checkScenario } from "../../simulator/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import { brief, journey, lasting, on, start, status, tell } from "../behaviour/scenario-of.ts";

const problems = (scenario: unknown) => {
  const checked = checkScenario(scenario);
  return "problems" in checked ? checked.problems.map(({ path, code }) => `${path} ${code}`) : [];
};

describe("its form", () => {
  test.each<[string, unknown, string[]]>([
    ["nothing at all", {}, []],
    [
      "all members",
      { journeys: [], templates: [], customers: [], events: [], statuses: [], edits: [], until: on("01-05 10:00") },
      [],
    ],
    ["a schema and a description", { $schema: "x", description: "y" }, []],
    ["something unknown", { event: [] }, ["event unknown-member"]],
    ["no object", [], [" wrong-type"]],
    ["an event at no time", { events: [{ at: "soon", event: "x", customerId: "c-1" }] }, ["events[0].at bad-time"]],
    [
      "a status that is none",
      { statuses: [{ at: on("01-05 10:00"), customerId: "c-1", message: "m", status: "seen" }] },
      ["statuses[0].status bad-value"],
    ],
    ["an edit of nothing", { edits: [{ at: on("01-05 10:00") }] }, ["edits[0] bad-value"]],
    ["an edit of both", { edits: [{ at: on("01-05 10:00"), journey: {}, template: {} }] }, ["edits[0] bad-value"]],
    ["a customer without an id", { customers: [{ email: "a@b.example" }] }, ["customers[0].customerId missing-member"]],
  ])("%s", (_, scenario, expected) => expect(problems(scenario)).toEqual(expected));
});

describe("documents with problems are not run", () => {
  test("and each problem has its path", async () => {
    const scenario = {
      journeys: [brief(), { ...brief({ id: "k" }), start: "nowhere" }],
      templates: [{ id: "t", channel: "email", class: "marketing", subject: "{% if %}", text: "x" }],
      events: [start()],
    };
    const checked = checkScenario(scenario);
    if ("problems" in checked) throw new Error("a bad scenario");
    const told: unknown[] = [];
    const result = await simulate(checked.value, (line) => told.push(line));
    expect("problems" in result && result.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "templates[0].subject bad-liquid",
      "journeys[1].start unknown-component",
    ]);
    expect(told).toEqual([]);
  });
});

describe("until", () => {
  test("is the last moment of the timeline", async () => {
    const run = (until: string) => tell({ journeys: [lasting()], events: [start()], until: on(until) });
    expect((await run("01-15 10:00")).summary).toMatchObject({ completed: 1, active: 0 });
    expect((await run("01-15 09:59:59.999")).summary).toMatchObject({ completed: 0, active: 1 });
    expect((await run("01-05 09:00")).summary).toMatchObject({ entered: 0 });
  });

  test("left out: the simulation runs until everything has ended", async () => {
    const checked = checkScenario({
      journeys: [journey({ components: { rest: { type: "wait", for: "P365D" } } })],
      events: [start()],
    });
    if ("problems" in checked) throw new Error("a bad scenario");
    const result = await simulate(checked.value, () => {});
    expect("summary" in result && result.summary).toMatchObject({ completed: 1, active: 0 });
  });
});

describe("a part of the scenario that has no effect is a warning", () => {
  test("a status of a message that was never sent", async () => {
    const { warnings } = await tell({
      journeys: [brief()],
      events: [start()],
      statuses: [status("01-05 11:00", "mail", "read")],
    });
    expect(warnings).toEqual([`${on("01-05 11:00")} status "read": "mail" had sent no message to c-1`]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["changes that are a list", { customer: [1] }, "detail.customer"],
    ["no customer", { customerId: undefined }, "detail.customerId"],
    ["a customer without a printable name", { customerId: "c\u0000" }, "detail.customerId"],
    ["a name too long", { customerId: "c".repeat(129) }, "detail.customerId"],
    ["a name that is none", { event: "_start" }, "detail-type"],
    ["a time that is none", { time: "soon" }, "detail.time"],
    ["an id that is none", { id: 7 }, "detail.id"],
    ["data that is a list", { data: [1] }, "detail.data"],
  ])("an event with %s is malformed; it harms no other event", async (_, wrong, path) => {
    const { warnings, summary } = await tell({
      journeys: [brief()],
      events: [start("01-05 10:00", wrong), start("01-05 10:00")],
    });
    expect(warnings).toEqual([expect.stringContaining(`was rejected: ${path}: `)]);
    expect(summary).toMatchObject({ entered: 1 });
  });
});

test("a status goes to the newest message that the component sent to the customer", async () => {
  const components = {
    mail: { type: "sendTemplate", template: "hello", next: "rest" },
    rest: { type: "wait", for: "P1D", next: "mail" },
  };
  const { store } = await tell({
    journeys: [journey({ components })],
    events: [start()],
    statuses: [status("01-06 11:00", "mail", "read")],
    until: on("01-06 12:00"),
  });
  const [enrollment] = await store.enrollments("c-1");
  expect(enrollment?.messages.map(({ statuses }) => Object.keys(statuses))).toEqual([["sent"], ["sent", "read"]]);
});

test("customers exist from the beginning: no customer enters because of that", async () => {
  const journeys = [brief({ trigger: { where: { field: "customer.tier", operator: "exists" } } })];
  const { lines, store } = await tell({ journeys, customers: [{ customerId: "c-1", tier: "gold", tags: ["b", "a"] }] });
  expect(lines).toEqual([]);
  expect(await store.customer("c-1")).toMatchObject({ attributes: { tier: "gold" }, tags: ["a", "b"], revision: 1 });
});
