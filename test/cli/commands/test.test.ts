/** `journeys test` in files: which tests run, what is printed, exit codes. */
import { expect, test } from "vitest";
import { ran } from "../running.ts";

const journey = {
  id: "greeting",
  name: "Greeting",
  status: "active",
  trigger: { event: "signed.up" },
  start: "hello",
  components: { hello: { type: "sendTemplate", template: "hello" } },
};
const template = { id: "hello", channel: "email", class: "marketing", subject: "Hi", text: "Hi" };
const greeted = (expectation: object, name = "Ada is greeted") => ({
  name,
  journeys: ["../greeting.json"],
  templates: [template],
  customers: [{ customerId: "ada", email: "ada@mail.example" }],
  events: [{ at: "2026-01-05T09:00:00Z", event: "signed.up", id: "e", customerId: "ada" }],
  expect: [{ customerId: "ada", ...expectation }],
});
const files = {
  "greeting.json": journey,
  "tests/good.test.json": greeted({ messages: ["hello"] }),
  "tests/bad.test.json": greeted({ messages: [] }, "Ada <is> not greeted"),
  "tests/scenario.json": {},
  "docs/readme.json": {},
};

test("all tests of a folder run, and other files do not", async () => {
  const { exitCode, out } = await ran(["test", "tests"], files);
  expect(exitCode).toBe(1);
  expect(out.split("\n")).toEqual([
    "✗ Ada <is> not greeted (tests/bad.test.json)",
    "    expect[0].messages  ada, messages: expected none, came hello.",
    "      2026-01-05 09:00:00  ▶ enters greeting v1 on signed.up",
    "    ▸ 2026-01-05 09:00:00  ✉ hello: “Hi” to ada@mail.example   ← differs here",
    "      2026-01-05 09:00:00  ✓ completes greeting",
    "",
    "✓ Ada is greeted (tests/good.test.json)",
    "2 tests, 1 failed.",
  ]);
});

test("a component that only sends a message is marked at the line of its message, and a text message shows its text", async () => {
  const text = { id: "hello", channel: "sms", class: "marketing", text: `Hi ${"!".repeat(300)}` };
  const bad = {
    ...greeted({ path: [] }),
    templates: [text],
    customers: [{ customerId: "ada", phone: "+491701234567" }],
  };
  const { out } = await ran(["test", "tests"], { "greeting.json": journey, "tests/bad.test.json": bad });
  expect(out.split("\n").filter((line) => line.includes("differs here"))).toEqual([
    `    ▸ 2026-01-05 09:00:00  ✉ hello: “Hi ${"!".repeat(56)}…” to +491701234567   ← differs here`,
  ]);
});

test("a wait that is over has no line of its own, so its id is printed where it differs", async () => {
  const waiting = {
    ...journey,
    start: "pause",
    components: { pause: { type: "wait", for: "PT1H", next: "hello" }, ...journey.components },
  };
  const { out } = await ran(["test", "tests"], {
    "greeting.json": waiting,
    "tests/bad.test.json": greeted({ at: { pause: "2026-01-05T08:00:00Z" } }),
  });
  expect(out).toMatch(/pause.*← differs here/);
});

test("a template with problems is not also called missing", async () => {
  const broken = { ...greeted({ entered: 1 }), templates: [{ ...template, subject: undefined }] };
  const missing = { ...greeted({ entered: 1 }), templates: [] };
  const problemsOf = async (test: object) =>
    JSON.parse(
      (await ran(["test", "--json", "tests"], { "greeting.json": journey, "tests/bad.test.json": test })).out,
    ).tests[0].problems.map(({ code }: { code: string }) => code);
  expect(await problemsOf(broken)).toEqual(["missing-member"]);
  expect(await problemsOf(missing)).toEqual(["unknown-template"]);
});

test("a file that is met: exit code 0", async () => {
  const { exitCode, out } = await ran(["test", "tests/good.test.json"], files);
  expect([exitCode, out]).toEqual([0, "✓ Ada is greeted (tests/good.test.json)\n1 test, all passed."]);
});

test("--json has every failure, with the timeline", async () => {
  const { exitCode, out } = await ran(["test", "tests", "--json"], files);
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    tests: [
      {
        file: "tests/bad.test.json",
        ok: false,
        failures: [{ path: "expect[0].messages", expected: [], came: ["hello"] }],
      },
      { file: "tests/good.test.json", name: "Ada is greeted", ok: true, failures: [], problems: [] },
    ],
  });
});

test("--junit writes the results", async () => {
  const { written } = await ran(["test", "tests", "--junit", "out.xml"], files);
  expect(written["out.xml"]).toContain('<testsuite name="journeys" tests="2" failures="1">');
  expect(written["out.xml"]).toContain('<testcase name="Ada is greeted" classname="tests/good.test.json"/>');
  expect(written["out.xml"]).toContain('name="Ada &#60;is&#62; not greeted"');
});

test("a document with a problem is placed in its own file", async () => {
  const broken = { ...files, "greeting.json": { ...journey, start: "helo" } };
  const { exitCode, out } = await ran(["test", "tests/good.test.json"], broken);
  expect(exitCode).toBe(1);
  expect(out).toMatch(/greeting\.json\n.*start .*helo/);
});

test("a folder without tests: exit code 2", async () => {
  const { exitCode, err } = await ran(["test", "docs"], files);
  expect([exitCode, err]).toEqual([2, expect.stringContaining("has no journey tests")]);
});

test("a test names a scenario, and its own members replace those of the scenario", async () => {
  const { name: _, expect: expected, ...scenario } = greeted({ messages: ["hello"] });
  const named = { name: "Ada is greeted", scenario: "tests/scenario.json", expect: expected };
  const all = { ...files, "tests/scenario.json": scenario, "good.test.json": named };
  expect((await ran(["test", "good.test.json"], all)).exitCode).toBe(0);
  const later = { ...all, "good.test.json": { ...named, events: [] } };
  expect((await ran(["test", "good.test.json"], later)).out).toContain("did not enter");
});

test("a problem of the named scenario is placed in the scenario, and one of a document in the document", async () => {
  const { name: _, expect: expected, ...scenario } = greeted({ messages: ["hello"] });
  const named = { name: "Ada is greeted", scenario: "tests/scenario.json", expect: expected };
  const inScenario = { "tests/scenario.json": { ...scenario, evnts: [] }, "good.test.json": named };
  expect((await ran(["test", "good.test.json"], { ...files, ...inScenario })).out).toMatch(/scenario\.json\n.*evnts/);
  const templates = [{ ...template, channel: "fax" }];
  const inTemplate = { "tests/scenario.json": { ...scenario, templates }, "good.test.json": named };
  expect((await ran(["test", "good.test.json"], { ...files, ...inTemplate })).out).toMatch(
    /scenario\.json\n.*templates\[0\]\.channel/,
  );
});

test("--coverage names what no test reaches, and --svg draws it", async () => {
  const { exitCode, out, written } = await ran(
    ["test", "tests/good.test.json", "--coverage", "--svg", "pictures"],
    files,
  );
  expect(exitCode).toBe(0);
  expect(out.split("\n").slice(3)).toEqual([
    "greeting: the tests reach 1 of 1 components, 1 of 1 outlets, 0 of 2 refusals.",
    "    not reached  refusal entry-limit",
    "    not reached  refusal unsubscribed",
  ]);
  expect(written["pictures/greeting.svg"]).toContain("no test: entry-limit");
});

test("--mutate names the changes that no test notices", async () => {
  const { exitCode, out } = await ran(["test", "tests/good.test.json", "--mutate"], files);
  expect(exitCode).toBe(0);
  expect(out.split("\n").slice(3)).toEqual([
    "greeting: the tests notice 0 of 2 changes.",
    "    not noticed  trigger.entry becomes always",
    "    not noticed  trigger.includeUnsubscribed becomes true",
  ]);
});

test("--coverage and --mutate with --json", async () => {
  const { out } = await ran(["test", "tests/good.test.json", "--coverage", "--mutate", "--json"], files);
  expect(JSON.parse(out)).toMatchObject({
    coverage: [{ journeyId: "greeting", unreached: [{ kind: "refusal", id: "entry-limit" }, { id: "unsubscribed" }] }],
    mutations: [{ journeyId: "greeting", document: 1, tried: 2 }],
  });
});

test("--mutate changes nothing while a test fails", async () => {
  const { exitCode, out, err } = await ran(["test", "tests", "--mutate"], files);
  expect([exitCode, err]).toEqual([1, "Nothing was changed, because not all tests pass."]);
  expect(out).not.toContain("changes.");
});

test("--svg alone is wrong usage", async () => {
  expect((await ran(["test", "tests", "--svg", "pictures"], files)).exitCode).toBe(2);
});

test("a test with problems is named once", async () => {
  const { out } = await ran(["test", "bad.test.json"], { "bad.test.json": { name: "No expectation" } });
  expect(out.match(/✗ bad\.test\.json/g)).toHaveLength(1);
});
