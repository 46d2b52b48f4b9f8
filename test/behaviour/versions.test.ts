/** Journey format §1 and §1.4: the effects of an edit on customers inside and on later entries. */
import { describe, expect, test } from "vitest";
import { brief, type Document, event, journey, lasting, on, start, story, tell, withoutTimes } from "./scenario-of.ts";

const edit = (at: string, document: object) => ({ at: on(at), journey: document });
const two = (tag: string, more: object = {}) =>
  journey({
    trigger: { event: "start", entry: "always" },
    components: { rest: { type: "wait", for: "P2D", next: "tag" }, tag: { type: "addTag", tags: [tag] } },
    ...more,
  });
const entries = (lines: readonly string[]) => lines.filter((line) => line.includes("entered"));

describe("saving a journey publishes it: an immutable numbered version", () => {
  test("different content makes a new version", async () => {
    const told = await story({
      journeys: [two("a")],
      events: [start("01-05 10:00"), start("01-06 10:00"), start("01-07 10:00")],
      edits: [edit("01-06 09:00", two("b")), edit("01-07 09:00", two("c"))],
    });
    expect(withoutTimes(entries(told))).toEqual(["entered v1", "entered v2", "entered v3"]);
  });

  test.each([
    ["name", { name: "Another" }, 1],
    ["status", { status: "paused" }, 1],
    ["name and status", { name: "Another", status: "paused" }, 1],
    ["nothing", {}, 1],
    ["description", { description: "Another" }, 2],
    ["exit", { exit: [{ id: "x", event: "x" }] }, 2],
    ["a component", { components: two("b").components }, 2],
  ])("changing only %s", async (_, change, version) => {
    const told = await story({
      journeys: [two("a")],
      events: [start("01-07 10:00")],
      edits: [edit("01-06 09:00", two("a", change)), edit("01-06 10:00", { ...two("a", change), status: "active" })],
    });
    expect(withoutTimes(entries(told))).toEqual([`entered v${version}`]);
  });

  test("the order of members makes no difference", async () => {
    const turned = Object.fromEntries(Object.entries(two("a")).reverse());
    const told = await story({
      journeys: [two("a")],
      events: [start("01-07 10:00")],
      edits: [edit("01-06 09:00", turned)],
    });
    expect(withoutTimes(entries(told))).toEqual(["entered v1"]);
  });

  test("a return to older content makes a new version", async () => {
    const told = await story({
      journeys: [two("a")],
      events: [start("01-07 10:00")],
      edits: [edit("01-06 09:00", two("b")), edit("01-06 10:00", two("a"))],
    });
    expect(withoutTimes(entries(told))).toEqual(["entered v3"]);
  });

  test("a journey may be saved for the first time while the scenario runs", async () => {
    const told = await story({
      events: [start("01-05 10:00"), start("01-07 10:00")],
      edits: [edit("01-06 09:00", two("a"))],
    });
    expect(entries(told)).toEqual(["01-07 10:00 | entered v1"]);
  });
});

test("an edit with problems changes nothing that is live, and names the problems", async () => {
  const bad = two("b", { start: "nowhere", trigger: { event: "other" } });
  const told = await tell({ journeys: [two("a")], events: [start("01-07 10:00")], edits: [edit("01-06 09:00", bad)] });
  expect(withoutTimes(entries(told.story))).toEqual(["entered v1"]);
  expect(told.summary.tags).toEqual({ "c-1": ["a"] });
  expect(told.warnings).toEqual([
    expect.stringMatching(/edit of "j" was rejected: start: There is no component "nowhere"/),
  ]);
});

describe("components and their order stay those of the version that the customer entered with", () => {
  test("only customers who enter after the edit get another tag", async () => {
    const told = await tell({
      journeys: [two("a")],
      customers: [],
      events: [start("01-05 10:00"), start("01-06 10:00", { customerId: "c-2" })],
      edits: [edit("01-06 09:00", two("b"))],
    });
    expect(told.summary.tags).toEqual({ "c-1": ["a"], "c-2": ["b"] });
  });

  test("the edit removes the component at which the customer waits", async () => {
    const shorter = two("b", { start: "other", components: { other: { type: "addTag", tags: ["b"] } } });
    const told = await tell({ journeys: [two("a")], events: [start()], edits: [edit("01-06 09:00", shorter)] });
    expect(told.summary).toMatchObject({ completed: 1, failed: 0, tags: { "c-1": ["a"] } });
  });

  test("a waitFor keeps its branches", async () => {
    const waiting = (name: string) =>
      journey({ components: { rest: { type: "waitFor", branches: [{ id: name, event: name }], within: "P5D" } } });
    const told = await story({
      journeys: [waiting("a")],
      events: [start(), event("01-07 10:00", "b"), event("01-08 10:00", "a")],
      edits: [edit("01-06 09:00", waiting("b"))],
    });
    expect(told.at(-2)).toBe("01-08 10:00 | rest a");
  });
});

describe("exit rules and goals follow the live version", () => {
  const bought = { exit: [{ id: "bought", event: "order" }] };
  const goals = (event: string) => ({ goals: [{ id: "g", event }] });
  const run = (before: Document, after: Document) =>
    tell({
      journeys: [lasting(before)],
      events: [start(), event("01-07 10:00", "order")],
      edits: [edit("01-06 10:00", lasting(after))],
    });

  test.each([
    ["a new exit rule", {}, bought, { exited: 1 }],
    ["an exit rule that is gone", bought, {}, { exited: 0 }],
    ["an exit rule that says something else now", { exit: [{ id: "left", event: "leave" }] }, bought, { exited: 1 }],
    ["an exit rule of a paused journey", {}, { ...bought, status: "paused" }, { exited: 1 }],
    ["a new goal", {}, goals("order"), { goals: { "j/g": 1 } }],
    ["a goal that says something else now", goals("order"), goals("visit"), { goals: { "j/g": 0 } }],
    ["an exit rule of an edit that does not validate", {}, { ...bought, start: "nowhere" }, { exited: 0 }],
  ])("%s", async (_, before, after, expected) => {
    expect((await run(before, after)).summary).toMatchObject(expected);
  });

  test("a longer goal also counts for customers who have completed", async () => {
    const goal = (within: string) => ({ goals: [{ id: "g", event: "order", within }] });
    const told = await tell({
      journeys: [brief(goal("P1D"))],
      events: [start(), event("01-20 10:00", "order")],
      edits: [edit("01-10 10:00", brief(goal("P60D")))],
    });
    expect(told.summary.goals).toEqual({ "j/g": 1 });
  });
});

describe("status: any may follow any other", () => {
  const statuses = ["draft", "active", "paused", "stopped"];
  const inside = { draft: 1, active: 1, paused: 1, stopped: 0 } as Record<string, number>;
  test.each(statuses)("from active to %s: customers inside, and new entries", async (status) => {
    const told = await tell({
      journeys: [two("a")],
      events: [start("01-05 10:00"), start("01-06 11:00", { customerId: "c-2" })],
      edits: [edit("01-06 10:00", two("a", { status }))],
    });
    const own = told.story.filter((line) => !line.includes("c-2"));
    expect(own.at(-1)).toBe(
      inside[status] === 1 ? "01-07 10:00 | completed" : "01-06 10:00 | exited journey-stopped at rest",
    );
    expect(told.story.some((line) => line.includes("c-2 entered"))).toBe(status === "active");
    expect(told.story.some((line) => line.includes("c-2 not-entered not-active"))).toBe(status !== "active");
  });

  test.each(statuses.flatMap((from) => statuses.map((to) => [from, to])))("from %s to %s", async (from, to) => {
    const told = await tell({
      journeys: [two("a", { status: from })],
      events: [start("01-07 10:00")],
      edits: [edit("01-06 10:00", two("a", { status: to }))],
    });
    // A journey of which no version was ever live leaves no reason.
    const outside = from === "draft" && to === "draft" ? [] : ["01-07 10:00 | not-entered not-active"];
    expect(entries(told.story)).toEqual(to === "active" ? ["01-07 10:00 | entered v1"] : outside);
    expect(told.warnings).toEqual([]);
  });

  test("stopped: everyone inside exits with reason journey-stopped, wherever they are", async () => {
    const components = {
      pick: {
        type: "condition",
        branches: [{ when: { field: "event.n", operator: "equals", value: 1 }, next: "rest" }],
        otherwise: "listen",
      },
      rest: { type: "wait", for: "P9D" },
      listen: { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P9D" },
    };
    const events = [1, 2, 3].map((n) => start("01-05 10:00", { customerId: `c-${n}`, data: { n } }));
    const told = await tell({
      journeys: [journey({ components })],
      events: [...events, event("01-07 10:00", "x", { customerId: "c-2" })],
      edits: [edit("01-06 10:00", journey({ components, status: "stopped" }))],
    });
    expect(told.story.slice(-3).toSorted()).toEqual([
      "01-06 10:00 | c-2 exited journey-stopped at listen",
      "01-06 10:00 | c-3 exited journey-stopped at listen",
      "01-06 10:00 | exited journey-stopped at rest",
    ]);
  });

  test("stopped and active again: exited customers stay out, others enter", async () => {
    const told = await story({
      journeys: [two("a")],
      events: [start("01-05 10:00"), start("01-06 12:00", { customerId: "c-2" })],
      edits: [edit("01-06 10:00", two("a", { status: "stopped" })), edit("01-06 11:00", two("a"))],
    });
    expect(told).toContain("01-06 10:00 | exited journey-stopped at rest");
    expect(told.at(-1)).toBe("01-08 12:00 | c-2 completed");
  });

  test("a draft's content is never live: customers inside keep the rules of the last published version", async () => {
    const draft = lasting({ status: "draft", exit: [{ id: "bought", event: "order" }] });
    const told = await tell({
      journeys: [lasting()],
      events: [start(), event("01-07 10:00", "order")],
      edits: [edit("01-06 10:00", draft)],
    });
    expect(told.summary).toMatchObject({ completed: 1, exited: 0 });
  });

  test("a draft that was never published leaves no reason; one that was published does, for its published trigger", async () => {
    const draft = (name: string) => brief({ status: "draft", trigger: { event: name } });
    const events = [event("01-07 10:00", "first"), event("01-07 11:00", "second")];
    const edits = [edit("01-06 10:00", draft("second"))];
    expect(await story({ journeys: [draft("first")], events, edits })).toEqual([]);
    const published = brief({ trigger: { event: "first" } });
    expect(await story({ journeys: [published], events, edits })).toEqual(["01-07 10:00 | not-entered not-active"]);
  });
});
