import { expect, test } from "vitest";
import { journey, ran, scenario, template } from "../running.ts";

const lines = (out: string) => out.split("\n").map((line) => JSON.parse(line));

test("--json prints one object a line, in order of time, the summary last", async () => {
  const { exitCode, out, err } = await ran(["simulate", "--json", "s.json"], { "s.json": scenario });
  const about = { customerId: "c-1", journeyId: "greeting", enrollmentId: expect.stringMatching(/^[a-z2-7]{26}$/) };
  const [nine, ten] = ["2026-01-01T09:00:00.000Z", "2026-01-01T10:00:00.000Z"];
  expect(lines(out)).toEqual([
    { at: nine, kind: "entered", ...about, version: 1, event: "go" },
    {
      at: nine,
      kind: "message",
      ...about,
      componentId: "greet",
      template: "hello",
      channel: "email",
      to: "ada@mail.example",
      subject: "Hello Ada",
      html: "<p>Hello</p>",
      text: "Hello",
    },
    { at: nine, kind: "component", ...about, componentId: "greet", type: "sendTemplate", outcome: "done" },
    {
      at: nine,
      kind: "component",
      ...about,
      componentId: "read",
      type: "messageStatusRule",
      outcome: "waiting",
      until: "2026-01-02T09:00:00.000Z",
    },
    { at: ten, kind: "component", ...about, componentId: "read", type: "messageStatusRule", outcome: "met" },
    { at: ten, kind: "component", ...about, componentId: "tag", type: "addTag", outcome: "done" },
    { at: ten, kind: "completed", ...about },
    {
      kind: "summary",
      entered: 1,
      active: 0,
      completed: 1,
      exited: 0,
      failed: 0,
      goals: { "greeting/sale": 0 },
      messages: 1,
      tags: { "c-1": ["reader"] },
    },
  ]);
  expect([exitCode, err]).toEqual([0, ""]);
});

test("the same scenario gives the same text, byte for byte", async () => {
  const runs = await Promise.all([1, 2].map(() => ran(["simulate", "--json", "s.json"], { "s.json": scenario })));
  expect(runs[1]?.out).toBe(runs[0]?.out);
});

test("the timeline names the customer, the step and the reason", async () => {
  const { out } = await ran(["simulate", "s.json"], { "s.json": scenario });
  expect(out).toContain("Thursday, 1 January 2026");
  expect(out).toContain("Ada   ▶ enters greeting v1 on go");
  expect(out).toContain("Ada   ✉ greet: “Hello Ada” to ada@mail.example");
  expect(out).toContain("1 entered: 1 completed, 0 exited. 1 message sent.");
});

test("the timeline says that its times are UTC, or shows another zone", async () => {
  const utc = await ran(["simulate", "s.json"], { "s.json": scenario });
  expect(utc.out).toMatch(/^Times are in UTC; --timezone shows another zone\.\n[\s\S]*\n {2}09:00 /);
  const berlin = await ran(["simulate", "s.json", "--timezone", "Europe/Berlin"], { "s.json": scenario });
  expect(berlin.out).toMatch(
    /^Times are in Europe\/Berlin\.\n[\s\S]*\n {2}10:00 .*enters[\s\S]*until Fri 2 Jan, 10:00/,
  );
  const wrong = await ran(["simulate", "s.json", "--timezone", "Berlin"], { "s.json": scenario });
  expect([wrong.exitCode, wrong.err]).toEqual([
    2,
    '--timezone takes an IANA zone, such as Europe/Berlin, not "Berlin".',
  ]);
});

test("an event that no journey listens to gets a note with the nearest name", async () => {
  const [event] = scenario.events;
  const events = [event, { ...event, id: "e2", event: "ordr" }, { ...event, id: "e3", event: "customer.updated" }];
  const { err } = await ran(["simulate", "s.json"], { "s.json": { ...scenario, events } });
  expect(err).toBe('Note: No journey listens to the event "ordr". Did you mean "order"?');
});

test.each([
  ["stays a draft", [{ ...journey, status: "draft" }], [], "greeting"],
  ["has no status", [{ ...journey, status: undefined }], [], "greeting"],
  [
    "becomes active by an edit",
    [{ ...journey, status: "draft" }],
    [{ at: scenario.events[0]?.at, journey }],
    undefined,
  ],
  ["is active", [journey], [], undefined],
])("a journey that %s gets a note if no customer can enter it", async (_, journeys, edits, noted) => {
  const { err } = await ran(["simulate", "s.json"], { "s.json": { ...scenario, statuses: [], journeys, edits } });
  const note = `Note: The journey "${noted}" is a draft: no customer enters it. Set its status to "active".`;
  expect(err).toBe(noted === undefined ? "" : note);
});

test("a number in a wrong form gets a note with the value and the right form", async () => {
  const files = {
    "s.json": {
      journeys: [{ ...journey, components: { greet: { type: "sendTemplate", template: "hello" } } }],
      templates: [{ id: "hello", channel: "sms", class: "marketing", text: "Hi" }],
      customers: [{ customerId: "c-1", phone: "0170 1234567" }],
      events: scenario.events,
    },
  };
  expect((await ran(["simulate", "s.json"], files)).err).toContain(
    'Note: c-1: phone is "0170 1234567". A phone number must be a number that takes messages, with + and the code of its country, such as +491701234567.',
  );
});

test("a condition that keeps a customer out is shown with the values that it found", async () => {
  const where = { field: "event.total", operator: "greaterThan", value: 20 };
  const picky = { ...scenario, statuses: [], journeys: [{ ...journey, trigger: { event: "go", where } }] };
  const { out } = await ran(["simulate", "s.json"], { "s.json": picky });
  expect(out).toMatch(/does not enter greeting: .*\n +event\.total is 5, it must be more than 20/);
});

test("journeys and templates may be files beside the scenario", async () => {
  const named = { ...scenario, journeys: ["./j.json"], templates: ["t.json"] };
  const { exitCode } = await ran(["simulate", "folder/s.json"], {
    "s.json": named,
    "j.json": journey,
    "t.json": template,
  });
  expect(exitCode).toBe(0);
});

test("a journey test runs as the scenario that it contains", async () => {
  const expected = { ...scenario, name: "Ada", expect: [{ customerId: "ada", entered: 7 }] };
  const { exitCode, out } = await ran(["simulate", "ada.test.json"], { "ada.test.json": expected });
  expect([exitCode, out]).toEqual([0, (await ran(["simulate", "s.json"], { "s.json": scenario })).out]);
});

test("a journey in place of a scenario is one problem, which shows a scenario", async () => {
  const { exitCode, out } = await ran(["simulate", "greeting.json"], { "greeting.json": journey });
  expect(exitCode).toBe(1);
  expect(out).toContain('This is a journey. A scenario names it and says what customers do: { "journeys": [');
  expect(out.split("\n")).toHaveLength(2);
});

test("a scenario names a file that does not exist: exit code 2, and the message names the scenario", async () => {
  const { exitCode, out, err } = await ran(["simulate", "s.json"], { "s.json": { ...scenario, journeys: ["j.json"] } });
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toBe(
    "There is no file j.json. Check the name and the folder you are in. It is named in s.json (journeys[0]).",
  );
});

test("problems of a document in a separate file name that file", async () => {
  const files = {
    "s.json": { ...scenario, journeys: ["j.json"], templates: ["t.json"] },
    "j.json": { ...journey, start: "gret" },
    "t.json": { ...template, class: "bulk" },
  };
  const { exitCode, out } = await ran(["simulate", "--json", "folder/s.json"], files);
  const told = JSON.parse(out).problems.map(({ file, path }: { file: string; path: string }) => [file, path]);
  expect(exitCode).toBe(1);
  expect(told).toEqual([
    ["folder/t.json", "class"],
    ["folder/j.json", "start"],
  ]);
  expect((await ran(["simulate", "folder/s.json"], files)).out).toContain(
    "✗ folder/j.json\n    1:158  start  There is no component",
  );
});

test("a problem of a file that is not JSON names that file", async () => {
  const { out } = await ran(["simulate", "--json", "s.json"], {
    "s.json": { ...scenario, edits: [{ at: "2026-01-01T08:00:00Z", journey: "j.json" }] },
    "j.json": "{",
  });
  expect(JSON.parse(out).problems).toEqual([expect.objectContaining({ file: "j.json", code: "invalid-json" })]);
});

test("an edit may be a file", async () => {
  const { out } = await ran(["simulate", "--json", "s.json"], {
    "s.json": { ...scenario, edits: [{ at: "2026-01-01T08:00:00Z", journey: "j.json" }] },
    "j.json": { ...journey, goals: [] },
  });
  expect(lines(out)[0]).toMatchObject({ kind: "entered", version: 2 });
});

test("documents with problems are not run: exit code 1, and all problems are printed", async () => {
  const broken = { ...scenario, templates: [] };
  const { exitCode, out } = await ran(["simulate", "--json", "s.json"], { "s.json": broken });
  expect(exitCode).toBe(1);
  expect(JSON.parse(out).problems).toEqual([
    expect.objectContaining({
      file: "s.json",
      path: "journeys[0].components.greet.template",
      code: "unknown-template",
    }),
  ]);
});

test.each([
  ["an event at no time", { events: [{ at: "soon", event: "go", customerId: "c-1" }] }, "events[0].at"],
  ["an unknown member", { event: [] }, "event"],
  [
    "a status that does not exist",
    { statuses: [{ at: "2026-01-01T09:00:00Z", customerId: "c-1", message: "greet", status: "opened" }] },
    "statuses[0].status",
  ],
  ["a list for a scenario", undefined, ""],
  ["an edit of nothing", { edits: [{ at: "2026-01-01T09:00:00Z" }] }, "edits[0]"],
])("a scenario with %s is refused with the path", async (_, change, path) => {
  const { exitCode, out } = await ran(["simulate", "--json", "s.json"], {
    "s.json": change ? { ...scenario, ...change } : [],
  });
  expect([exitCode, JSON.parse(out).problems.map((problem: { path: string }) => problem.path)]).toEqual([1, [path]]);
});

test("what could not happen is said on standard error", async () => {
  const early = {
    ...scenario,
    statuses: [{ at: "2026-01-01T08:00:00Z", customerId: "c-1", message: "greet", status: "read" }],
  };
  const { exitCode, err } = await ran(["simulate", "--json", "s.json"], { "s.json": early });
  expect(exitCode).toBe(0);
  expect(err).toContain('"greet" had sent no message to c-1');
});

test("an edit that is rejected changes nothing and is said", async () => {
  const edits = [{ at: "2026-01-01T08:00:00Z", journey: { ...journey, start: "nowhere" } }];
  const { err, out } = await ran(["simulate", "--json", "s.json"], { "s.json": { ...scenario, edits } });
  expect(err).toContain('the edit of "greeting" was rejected: start');
  expect(lines(out).at(-1).entered).toBe(1);
});
