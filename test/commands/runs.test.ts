/** `enter` and `runs`: an audience run that a person starts, looks at and cancels. */
import { beforeEach, describe, expect, test } from "vitest";
import { considerPart } from "../../lambdas/app/runs/consider-part.ts";
import { planRun } from "../../lambdas/app/runs/plan-run.ts";
import { seed, walkRun } from "../app/runs/walk-run.ts";
import { MemoryStack } from "./memory-stack/stack.ts";
import { answer, command } from "./on-stack.ts";
import { save } from "./shop.ts";

const letter = {
  id: "letter",
  version: "current",
  name: "Letter",
  status: "active",
  trigger: {
    schedule: { cron: "0 9 * * mon" },
    audience: { field: "customer.country", operator: "equals", value: "DE" },
    entry: "once",
  },
  start: "note",
  components: { note: { type: "addTag", tags: ["written"] } },
};

let stack: MemoryStack;
beforeEach(async () => {
  stack = new MemoryStack();
  await save(stack, letter);
  for (const [id, country] of [
    ["ann", "DE"],
    ["ben", "FR"],
    ["cid", "DE"],
  ] as const)
    seed(stack.world, id, { country });
});

const RUN = /letter-\d{8}T\d+Z/;

async function runIdIn(args: readonly string[], files: Record<string, unknown> = {}): Promise<string> {
  const { json } = await answer(stack, ["enter", "letter", ...args, "--yes"], files);
  expect(json.runId).toMatch(RUN);
  return json.runId;
}

describe("enter", () => {
  test("says how many customers would enter, why the others would not, cost and time, and starts nothing", async () => {
    const { exitCode, out, did } = await command(stack, ["enter", "letter", "--all", "--dry-run"]);
    expect(exitCode).toBe(0);
    expect(out).toContain(
      "If the run began now: 3 customers considered, 2 would enter. Refused: 1 not in the audience.",
    );
    expect(out).toMatch(
      /Costs about \$0\.00 for the run and at most \$\d\.\d\d for the journey; lets the customers in within about/,
    );
    expect(did).toEqual([]);
  });

  test("with --yes starts the run that it has described", async () => {
    const runId = await runIdIn(["--all"]);
    expect(stack.did).toEqual([`connect to Shop`, `start run ${runId}`]);
    const run = await walkRun({ journeyId: "letter", runId }, stack.world);
    expect(run?.result).toEqual({ considered: 3, entered: 2, refused: { "audience-false": 1 } });
  });

  test.each([
    ["no", false, []],
    ["yes", true, [expect.stringMatching(/^start run letter-/)]],
  ])("asks, and does what the answer %s says", async (_, yes, did) => {
    const asked = await command(stack, ["enter", "letter", "--all"], {}, async () => yes);
    expect(asked.did).toEqual(did);
  });

  test("without a terminal and without --yes is wrong usage", async () => {
    const { exitCode, err, did } = await command(stack, ["enter", "letter", "--all"]);
    expect([exitCode, did]).toEqual([2, []]);
    expect(err).toContain("--yes");
  });

  test("takes customers by name, an audience, and a list", async () => {
    const considered = async (args: readonly string[], files = {}) =>
      (await answer(stack, ["enter", "letter", ...args, "--dry-run"], files)).json.expected.considered;
    expect(await considered(["--customers", "ann,new"])).toBe(2);
    const where = { field: "customer.country", operator: "equals", value: "FR" };
    expect(await considered(["--audience", "fr.json"], { "fr.json": where })).toBe(1);
    expect(await considered(["--csv", "list.csv"], { "list.csv": "customerId\nann\nben\n" })).toBe(2);
  });

  test("names each bad line of a list with its number, and enters nothing unless --skip-bad is given", async () => {
    const files = { "list.csv": "customerId,city\nann,Bonn\n,Ulm\nann,Bonn\n" };
    const { exitCode, err, did } = await command(stack, ["enter", "letter", "--csv", "list.csv", "--yes"], files);
    expect([exitCode, did]).toEqual([1, []]);
    expect(err).toContain("list.csv:3: customerId is empty.");
    expect(err).toContain("list.csv:4: The customer is in line 2 already.");
    expect(err).toContain("2 lines cannot be used.");
    const runId = await runIdIn(["--csv", "list.csv", "--skip-bad"], files);
    expect(stack.world.runs.lists.get(runId)).toEqual([["ann"]]);
  });

  test.each<[string, unknown, string]>([
    ["the event", { field: "event.total", operator: "notEquals", value: 3 }, "Compare the event in trigger.where."],
    ["a message", { not: { message: "note", status: "read" } }, "Messages can be asked about only in"],
    ["a segment that does not exist", { segment: "readers" }, 'Segment "readers" does not exist.'],
  ])(
    "refuses an audience that asks for %s, because the answer would be the same for every customer",
    async (...row) => {
      const [, audience, why] = row;
      const args = ["enter", "letter", "--audience", "audience.json", "--yes"];
      const { exitCode, err, did } = await command(stack, args, { "audience.json": audience });
      expect([exitCode, did]).toEqual([1, []]);
      expect(err).toContain(why);
    },
  );

  test.each([["--csv"], ["--audience"]])("a file of %s that does not exist is wrong usage", async (option) => {
    const { exitCode, err } = await command(stack, ["enter", "letter", option, "nowhere", "--yes"]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining("There is no file nowhere.")]);
  });

  test("one bad line is one line", async () => {
    const files = { "list.csv": "customerId,city\nann,Bonn\nben\n" };
    const { err } = await command(stack, ["enter", "letter", "--csv", "list.csv", "--yes"], files);
    expect(err).toContain("list.csv:3: The line has 1 cell, but the first line has 2.");
    expect(err).toContain("1 line cannot be used.");
  });

  test.each([
    ["a first line only", "customerId\n", []],
    ["bad lines only", "customerId\n\u0001\n", ["--skip-bad"]],
  ])("refuses a list with %s", async (_, text, more) => {
    const args = ["enter", "letter", "--csv", "list.csv", "--yes", ...more];
    const { exitCode, err, did } = await command(stack, args, { "list.csv": text });
    expect([exitCode, did]).toEqual([1, []]);
    expect(err).toContain("list.csv: The list has no customer who can enter.");
  });

  test.each([
    ["with --update, the preview counts the other columns as stored", ["--update"], 2],
    ["without --update, the preview leaves the other columns out", [], 0],
  ])("%s", async (_, more, entered) => {
    const files = { "list.csv": "customerId,country\nben,DE\nnew,DE\n" };
    const { json } = await answer(stack, ["enter", "letter", "--csv", "list.csv", "--dry-run", ...more], files);
    expect(json.expected).toMatchObject({ considered: 2, entered });
  });

  test("with --update gives the customers the other columns before the run begins", async () => {
    const files = { "list.csv": "customerId,country\nben,DE\nnew,DE\n" };
    const runId = await runIdIn(["--csv", "list.csv", "--update"], files);
    const run = await walkRun({ journeyId: "letter", runId }, stack.world);
    expect(run?.result).toEqual({ considered: 2, entered: 2, refused: {} });
  });

  test("with --update splits the updates, so that no request is larger than the bus accepts", async () => {
    const note = "x".repeat(60_000);
    const files = {
      "list.csv": `customerId,note\n${["a", "b", "c", "d", "e", "f"].map((id) => `${id},${note}\n`).join("")}`,
    };
    const requests: number[] = [];
    const put = stack.putEvents.bind(stack);
    stack.putEvents = (entries) => {
      requests.push(entries.reduce((bytes, { Detail }) => bytes + Detail.length, 0));
      return put(entries);
    };
    await runIdIn(["--csv", "list.csv", "--update"], files);
    expect(requests.length).toBeGreaterThan(1);
    expect(Math.max(...requests)).toBeLessThanOrEqual(256 * 1024);
  });

  test.each([
    ["a cell of 1 MB", `note\nnew,${"x".repeat(1_000_000)}`, "larger than 256 KB"],
    ["a number that no computer stores", `age:number\nnew,${"9".repeat(400)}`, "too large or too small"],
  ])("changes no customer when one line cannot become an update: %s", async (_, cells, why) => {
    const text = `customerId,${cells.replace("new,", "ben,1\nnew,")}\n`;
    const args = ["enter", "letter", "--csv", "list.csv", "--update", "--yes"];
    const { exitCode, err, did } = await command(stack, args, { "list.csv": text });
    expect([exitCode, did]).toEqual([1, []]);
    expect(err).toMatch(new RegExp(`^list\\.csv:3: .*${why}`, "m"));
  });

  test.each([
    [["--all", "--customers", "ann"], "Give one of --all"],
    [[], "Give one of --all"],
    [["--event", "order"], "--event needs --within"],
    [["--event", "order", "--within", "a month"], "--within takes a duration"],
    [["--event", "order", "--within", "P9999D"], "The stack stores events for 90 days"],
    [["--all", "--within", "P30D"], "--within goes with --event only."],
    [["--customers", "ann", "--update"], "--update goes with --csv only."],
    [["--all", "--skip-bad"], "--skip-bad goes with --csv only."],
    [["--customers", " , "], "--customers names no customer."],
    [["--customers", `ann,${"x".repeat(129)}`], "cannot be a customer's id: customerId must be 1–128"],
    [["--customers", "ann,b\u001b[31m"], "cannot be a customer's id"],
  ])("refuses %j", async (args, why) => {
    const { exitCode, err } = await command(stack, ["enter", "letter", ...args]);
    expect(exitCode).toBe(2);
    expect(err).toContain(why);
  });
});

describe("runs", () => {
  test("lists the runs with their progress and result", async () => {
    expect((await command(stack, ["runs"])).out).toContain("There are no runs.");
    const runId = await runIdIn(["--all"]);
    expect((await command(stack, ["runs", "letter"])).out).toContain(`${runId}  has not begun`);
    await planRun({ journeyId: "letter", runId }, "x", stack.ports);
    expect((await command(stack, ["runs", "letter"])).out).toContain("under way: 0 of 32 parts read");
    await walkRun({ journeyId: "letter", runId }, stack.world);
    expect((await command(stack, ["runs"])).out).toMatch(/ended at .*: 3 customers considered, 2 entered/);
  });

  test("cancel lets no further customer in, and says how far the run came", async () => {
    const runId = await runIdIn(["--customers", "ann,cid"]);
    const ref = { journeyId: "letter", runId };
    await planRun(ref, "x", stack.ports);
    await considerPart({ ...ref, part: 0 }, stack.ports);
    const { exitCode, out } = await command(stack, ["runs", "cancel", runId]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/is cancelled.*under way: 1 of 2 parts read, 1 on the queue/);
    expect((await walkRun(ref, stack.world))?.result).toEqual({
      considered: 2,
      entered: 0,
      refused: { "run-cancelled": 2 },
    });
    expect((await command(stack, ["runs", "cancel", runId])).exitCode).toBe(2);
  });

  test("show has the run that is under way", async () => {
    const runId = await runIdIn(["--all"]);
    await planRun({ journeyId: "letter", runId }, "x", stack.ports);
    expect((await command(stack, ["show", "letter"])).out).toContain(`${runId}: under way`);
  });
});
