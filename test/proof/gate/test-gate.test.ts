/** The tests that are stored with a journey, run when it is saved. */
import { expect, test } from "vitest";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { StoredTest } from "../../../lambdas/domain/journey/stored-test.ts";
import type { SharedText } from "../../../lambdas/domain/messages/shared-text.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { checkJourneyTest } from "../../../proof/expectations/journey-test.ts";
import { storedTest } from "../../../proof/gate/stored-test.ts";
import { testGate } from "../../../proof/gate/test-gate.ts";
import { journey as greeting, scenario, template } from "../../cli/running.ts";

const journey = greeting as unknown as Journey;

function stored(name: string, expectation: object, over: object = {}): StoredTest {
  const checked = checkJourneyTest({ name: `the test ${name}`, ...scenario, ...over, expect: [expectation] });
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return storedTest("greeting", name, checked.value);
}

const greets = stored("greets", { customerId: "c-1", messages: ["greet"], ended: "completed" });
const live: readonly object[] = [template];

function problems(tests: readonly StoredTest[], saved: object = {}, { templates = live, mostCalls = 100_000 } = {}) {
  const found = (id: string) => templates.find((each) => Object(each).id === id);
  const get = async (id: string) => found(id) as Template | undefined;
  const shared = async (id: string) => found(id) as SharedText | undefined;
  const gate = testGate({ stored: async () => tests, templates: { get, shared }, mostCalls });
  return gate.problems({ ...journey, ...saved });
}

test("a stored test has its scenario, but neither the journey nor templates", () => {
  expect(greets).toMatchObject({ id: "greeting", version: "test:greets", events: scenario.events });
  expect(Object.keys(greets)).not.toEqual(expect.arrayContaining(["journeys"]));
  expect(Object.keys(greets)).not.toEqual(expect.arrayContaining(["templates"]));
});

test("passes", async () => expect(await problems([greets])).toEqual([]));

test("a journey without tests", async () => expect(await problems([])).toMatchObject([{ code: "test-missing" }]));

test("each test that fails is one problem, with its name and its first failure", async () => {
  const silent = stored("silent", { customerId: "c-1", messages: [], tags: ["x"] });
  const late = stored("late", { customerId: "c-1", entered: 2 });
  expect(await problems([silent, greets, late])).toEqual([
    {
      path: "",
      code: "test-failed",
      message: 'The test "silent" fails. expect[0].tags: c-1, tags: expected x, came reader. It has 1 more.',
    },
    {
      path: "",
      code: "test-failed",
      message: 'The test "late" fails. expect[0].entered: c-1, entered: expected 2, came 1.',
    },
  ]);
});

test("runs the journey as it is saved", async () => {
  const components = { tag: { type: "addTag", tags: ["other"] } } as const;
  expect(await problems([greets], { start: "tag", components })).toMatchObject([
    { message: expect.stringContaining('The test "greets" fails. expect[0].messages[0]: There is no component') },
  ]);
});

test("a test of a paused journey shows what comes of it while it is active", async () => {
  expect(await problems([greets], { status: "paused" })).toEqual([]);
});

test("uses the live templates", async () => {
  expect(await problems([greets], {}, { templates: [] })).toMatchObject([
    { message: expect.stringContaining("hello") },
  ]);
});

test("uses the live layout and partials of a template", async () => {
  const framed = { ...template, layout: "frame" };
  const frame = { id: "frame", kind: "layout", html: "<main>{{ content }}</main>" };
  expect(await problems([greets], {}, { templates: [framed, frame] })).toEqual([]);
  expect(await problems([greets], {}, { templates: [framed] })).toMatchObject([{ code: "test-failed" }]);
});

test("other journeys of the scenario run too", async () => {
  const other = { ...greeting, id: "other", trigger: { event: "go" } };
  const both = stored("both", { entered: 2 }, { journeys: [greeting, other] });
  expect(both.journeys).toMatchObject([{ id: "other" }]);
  expect(await problems([both])).toEqual([]);
});

test("a test that was damaged in the table is a test that fails", async () => {
  const { expect: _, ...without } = greets;
  expect(await problems([without as StoredTest])).toMatchObject([{ code: "test-failed" }]);
  expect(await problems([{ ...greets, events: [{ at: "soon", event: "go" }] }])).toMatchObject([
    { message: expect.stringContaining("events[0].at") },
  ]);
});

test("a test that does not end is a test that fails, and the tests of a save share the work they may do", async () => {
  const again = { type: "wait", for: "PT1M", next: "again" } as const;
  const loop = { start: "again", components: { again }, goals: [], exit: [] };
  const entered = stored("enters", { entered: 1 });
  const tooLong = { code: "test-failed", message: expect.stringContaining("takes too many steps") };
  expect(await problems([entered, entered], loop, { mostCalls: 1_000 })).toMatchObject([tooLong, tooLong]);
  expect(await problems([entered], {}, { mostCalls: 1_000 })).toEqual([]);
  expect(await problems(Array(100).fill(entered), {}, { mostCalls: 1_000 })).toContainEqual({ path: "", ...tooLong });
});
