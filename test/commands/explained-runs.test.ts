/** The sentences about an audience run: before it begins, and afterwards about one of its customers. */
import { beforeEach, expect, test } from "vitest";
import { seed, walkRun } from "../app/runs/walk-run.ts";
import { MemoryStack } from "./memory-stack/stack.ts";
import { answer, command } from "./on-stack.ts";
import { save } from "./shop.ts";

const german = { field: "customer.country", operator: "equals", value: "DE" };
const letter = {
  ...{ id: "letter", version: "current", name: "Letter", status: "active" },
  trigger: { schedule: { cron: "0 9 * * mon" }, audience: german },
  start: "note",
  components: { note: { type: "addTag", tags: ["written"] } },
};

let stack: MemoryStack;
beforeEach(async () => {
  stack = new MemoryStack();
  await save(stack, letter);
  for (const [id, country] of Object.entries({ ann: "DE", ben: "FR", cid: "DE" })) seed(stack.world, id, { country });
});

async function resultOf(args: readonly string[], files = {}) {
  const { json } = await answer(stack, ["enter", "letter", ...args, "--yes"], files);
  const run = await walkRun({ journeyId: "letter", runId: json.runId }, stack.world);
  return { expected: json.expected, runId: json.runId, result: run?.result };
}

test("a segment in the audience counts in the question before the run, as in the run", async () => {
  const documents = { "de.json": { id: "german", kind: "segment", name: "Germans", where: german } };
  expect((await command(stack, ["publish", "de.json"], documents)).exitCode).toBe(0);
  const files = { "aim.json": { not: { segment: "german" } } };
  const { expected, result } = await resultOf(["--audience", "aim.json"], files);
  expect(result).toEqual({ considered: 1, entered: 0, refused: { "audience-false": 1 } });
  expect(expected).toMatchObject(result ?? {});
});

test("why and customer name the run, and the data because of which the customer did not enter", async () => {
  const { runId } = await resultOf(["--customers", "ben,cid"]);
  const why = await command(stack, ["why", "ben", "letter"]);
  expect(why.out).toContain(`did not enter in audience run ${runId}\n      audience-false: customer.country is "FR"`);
  expect((await command(stack, ["customer", "ben"])).out).toContain(`audience run ${runId}`);
  expect((await command(stack, ["customer", "cid"])).out).toContain(`in audience run ${runId}, completed`);
});

test.each([
  ["with --update, a number that no message can go to is named with its line", ["--update"], true],
  ["without --update, the numbers of the list change nothing", [], false],
])("%s", async (_, more, named) => {
  const files = { "list.csv": "customerId,phone\nann,0170 1234567\nben,+491701234567\n" };
  const { exitCode, err } = await command(stack, ["enter", "letter", "--csv", "list.csv", "--dry-run", ...more], files);
  expect(exitCode).toBe(0);
  expect(err.includes('list.csv:2: phone is "0170 1234567".')).toBe(named);
  expect(err).not.toContain("list.csv:3");
});

test.each([
  ["whatsapp", { whatsapp: { template: "note" } }, true],
  ["sms", { text: "Hi" }, false],
])("the preview of a run that sends by %s says which fees are missing", async (channel, content, missing) => {
  const note = { id: "note", channel, class: "marketing", ...content };
  const sends = { ...letter, id: "sends", version: undefined };
  const files = {
    "note.json": note,
    "sends.json": { ...sends, components: { note: { type: "sendTemplate", template: "note" } } },
  };
  expect((await command(stack, ["publish", "note.json", "sends.json"], files)).exitCode).toBe(0);
  const { out } = await command(stack, ["enter", "sends", "--all", "--dry-run"]);
  expect(out.includes("The fees of AWS and Meta for WhatsApp are not included")).toBe(missing);
});
