/** Runs the commands that edit and watch a deployed stack as processes, and checks their output, exit code and effect. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveStatus } from "../../stack/deployed/saving.ts";
import type { Item, StoredJourney } from "../../stack/stack.ts";
import { answer, closeInhabited, file, folder, journeyOf, openInhabited, run, template } from "./inhabited.ts";

beforeAll(openInhabited, 180_000);
afterAll(closeInhabited, 60_000);

describe("publish", () => {
  test("saves templates before the journeys that name them, and waits for the outcome", async () => {
    const components = { greet: { type: "sendTemplate", template: "welcome" } };
    const welcome = file("welcome.json", { ...template, id: "welcome" });
    const files = [file("first.json", journeyOf("first", { start: "greet", components })), welcome];
    const { exitCode, out, err } = await run.journeys("publish", ...files);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toContain("template welcome is live");
    expect(out).toContain("journey first is live as version 1");
    const again = await answer("publish", ...files);
    expect(again.json.results).toMatchObject([
      { id: "welcome", state: "unchanged" },
      { id: "first", state: "unchanged" },
    ]);
  });

  test("knows the templates that the stack has, and says which one is missing, before anything is saved", async () => {
    await run.journeys("publish", file("hello.json", template));
    const typo = { hold: { type: "sendTemplate", template: "helo" } };
    const files = [file("known.json", journeyOf("known")), file("typo.json", journeyOf("typo", { components: typo }))];
    const { exitCode, json } = await answer("publish", ...files);
    expect([exitCode, json.ok]).toEqual([1, false]);
    expect(json.problems).toEqual([
      expect.objectContaining({ file: files[1], path: "components.hold.template", code: "unknown-template" }),
    ]);
    expect(await run.stack.journey("known")).toBeUndefined();
  });

  test("a broken document is refused without a stack, one that somebody else has moved on with --if-version", async () => {
    const broken = file("broken.json", journeyOf("broken", { start: "nowhere" }));
    const { exitCode, out } = await run.journeys("publish", broken, "--stack", "Nowhere");
    expect([exitCode, out]).toEqual([1, expect.stringContaining("Nothing was saved.")]);
    const path = file("guarded.json", journeyOf("guarded", { components: { hold: { type: "wait", for: "PT1H" } } }));
    expect((await run.journeys("publish", path, "--if-version", "0")).exitCode).toBe(0);
    const edit = file("guarded.json", journeyOf("guarded", { components: { hold: { type: "wait", for: "PT2H" } } }));
    const late = await run.journeys("publish", edit, "--if-version", "0");
    expect([late.exitCode, late.out, late.err]).toEqual([
      2,
      "",
      expect.stringContaining('Version 1 of "guarded" is live'),
    ]);
    expect((await run.journeys("publish", edit, "--if-version", "1")).out).toContain("is live as version 2");
  });

  test("the same document published again is looked at again, where it was refused before", async () => {
    const document = journeyOf("retried", { components: { hold: { type: "sendTemplate", template: "to-come" } } });
    expect(await run.stack.save(document)).toMatchObject({ state: "rejected", version: 0 });
    const files = [file("retried.json", document), file("to-come.json", { ...template, id: "to-come" })];
    expect((await run.journeys("publish", ...files)).out).toContain("journey retried is live as version 1");
  });
});

test("list and show say what is live and what became of the last edit", async () => {
  await run.stack.save(journeyOf("seen", { start: "nowhere" }));
  const listed = (await answer("list")).json.journeys as Item[];
  expect(listed.find(({ journeyId }) => journeyId === "seen")).toEqual({
    journeyId: "seen",
    name: "The seen",
    status: "active",
    version: 1,
    "breaker-open": false,
    inside: 2,
    entered: 2,
    edit: "rejected",
    problems: 1,
  });
  expect((await run.journeys("list")).out).toMatch(/^ *seen +The seen +active +1 +2 +2 +rejected \(1 problem\)$/m);
  const { exitCode, out } = await run.journeys("show", "seen");
  expect([exitCode, out]).toEqual([
    0,
    expect.stringMatching(/1 is live[\s\S]*2 of 2 who entered[\s\S]*unknown-component/),
  ]);
  expect((await answer("show", "seen")).json.document).toMatchObject({
    start: "nowhere",
    publication: { state: "rejected" },
  });
  expect((await answer("show", "seen", "--version", "1")).json.document).toMatchObject({
    start: "hold",
    version: "v1",
  });
});

test("pause and resume decide who enters; those inside stay", async () => {
  const paused = await answer("pause", "gate");
  expect([paused.exitCode, paused.json]).toMatchObject([
    0,
    { status: "paused", state: "published", version: 1, inside: 1 },
  ]);
  expect((await run.journeys("pause", "gate")).out).toContain("gate is paused already");
  expect((await run.journeys("resume", "gate")).out).toContain("gate is active");
  expect(await run.stack.journey("gate")).toMatchObject({ status: "active", publication: { version: 1 } });
  expect((await run.stack.counts("gate")).active).toBe(1);
});

test("who saves what somebody else has changed meanwhile is told, and the other's edit stays", async () => {
  const document = journeyOf("shared");
  await run.stack.save(document);
  const before = await run.stack.journey("shared");
  await run.stack.save({ ...document, name: "Theirs" });
  const late = await saveStatus(run.stack, before as StoredJourney, "paused");
  expect(late).toMatchObject({ state: "conflict", problems: [{ code: "edited-meanwhile" }] });
  expect(await run.stack.journey("shared")).toMatchObject({ name: "Theirs", status: "active" });
});

test("stop takes everybody out and waits for it, also while a rejected edit is saved", async () => {
  expect(await run.stack.save(journeyOf("halt", { start: "nowhere" }))).toMatchObject({ state: "rejected" });
  expect((await run.stack.counts("halt")).active).toBe(3);
  const { exitCode, out } = await run.journeys("stop", "halt", "--yes");
  expect([exitCode, out]).toEqual([0, expect.stringContaining("No customer is inside any more.")]);
  expect(out).toContain("still rejected");
  expect(await run.stack.counts("halt")).toMatchObject({ exited: 3, "exited.journey-stopped": 3 });
  expect(await run.stack.journey("halt")).toMatchObject({ status: "stopped", start: "nowhere" });
});

test("diff says what an edit changes, which version it makes and whom it concerns; it changes nothing", async () => {
  const journey = journeyOf("edited");
  const components = { hold: { type: "wait", for: "P90D" } };
  const edit = file("edited.json", { ...journey, status: "paused", components, exit: [] });
  const before = await run.stack.journey("edited");
  const { exitCode, json } = await answer("diff", edit);
  expect([exitCode, json]).toMatchObject([
    1,
    { id: "edited", live: { version: 1 }, version: 2, inside: 2, at: { hold: 2 } },
  ]);
  expect((json.differences as Item[]).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    "changed status",
    "removed exit[left]",
    "changed components.hold.for",
    "removed components.hold.next",
    "removed components.greet",
  ]);
  expect(json.lastEdit).toBe("published");
  const { out } = await run.journeys("diff", edit);
  expect(out).toContain("inside now: hold 2");
  expect(out).toContain('2 customers at "hold", which changes');
  expect(out).toContain("Publishing it creates version 2.");
  expect(await run.stack.journey("edited")).toEqual(before);
  expect((await run.journeys("diff", file("same.json", journey))).out).toContain(
    "The file and the live document have the same content.",
  );
  const copy = await run.journeys("diff", file("hello.json", { ...template, subject: "Hi" }));
  expect([copy.exitCode, copy.out]).toEqual([
    1,
    expect.stringMatching(/edited \(2 customers inside\)[\s\S]*Hello → Hi/),
  ]);
});

test("render shows what a customer of the stack would read", async () => {
  const { exitCode, out } = await run.journeys("render", "hello", "--customer", "gate-0", "--journey", "gate");
  expect([exitCode, out]).toEqual([0, expect.stringContaining("To: gate-0@mail.example\nSubject: Hello")]);
  const unheard = await run.journeys("render", "hello", "--customer", "nobody", "--journey", "gate");
  expect([unheard.exitCode, unheard.err]).toEqual([2, expect.stringContaining('no customer "nobody"')]);
});

test("watch prints what happens while it happens, and ends by itself", async () => {
  // On a busy machine a process needs seconds to start, and the customer must leave after its first look.
  const before = Date.now();
  await run.journeys("show", "watched");
  const startup = Date.now() - before;
  const seconds = 8 + Math.ceil((3 * startup) / 1000);
  const watching = run.journeys("watch", "watched", "--for", `PT${seconds}S`, "--every", "PT0.5S", "--json");
  await new Promise((resolve) => setTimeout(resolve, 2_000 + 2 * startup));
  await run.stack.publish("leave.watched", { customerId: "watched-0", id: "bye" });
  const { exitCode, out } = await watching;
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { counts: Item; changes: Item[] });
  expect([exitCode, lines[0]?.counts.active]).toEqual([0, 1]);
  expect(lines.slice(1).flatMap(({ changes }) => changes)).toContainEqual({ name: "exited.left", by: 1, now: 1 });
  expect(lines.length).toBeLessThan(6);
});

test("export writes files that git can keep, import puts them back; both leave alone what is the same", async () => {
  await run.journeys("publish", file("kept.json", journeyOf("kept")), file("hello.json", template));
  const target = join(folder, "exported");
  const { exitCode, out } = await run.journeys("export", target);
  expect([exitCode, out]).toEqual([0, expect.stringContaining("kept.journey.json")]);
  const read = (name: string) => JSON.parse(readFileSync(join(target, name), "utf8")) as Item;
  expect(readdirSync(target)).toContain("hello.template.json");
  expect(read("kept.journey.json")).toEqual(journeyOf("kept"));
  expect((await run.journeys("export", target)).out).toMatch(/^0 files written, \d+ unchanged\.$/m);

  const others = readdirSync(target).filter((name) => !/^(kept|hello)\./.test(name));
  for (const name of others) rmSync(join(target, name));
  writeFileSync(join(target, "hello.template.json"), JSON.stringify({ ...template, subject: "Hello again" }));
  writeFileSync(join(target, "other.json"), '{ "events": [] }');
  const { json } = await answer("import", target);
  expect(json.results).toMatchObject([
    { id: "hello", state: "published" },
    { id: "kept", state: "unchanged" },
  ]);
  expect(await run.stack.template("hello")).toMatchObject({ subject: "Hello again" });
});

describe("wrong usage is a sentence that says what to do, exit code 2, and changes nothing", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["a stack that is not there", ["list", "--stack", "Nowhere"], /There is no stack "Nowhere".*--stack NAME/],
    ["a stack without journeys", ["list", "--stack", "CDKToolkit"], /has no customer journeys/],
    ["a journey that is not there", ["show", "nowhere"], /There is no journey "nowhere"/],
    ["a mistyped journey", ["stop", "seem"], /Did you mean "seen"\?/],
    ["a version that is not there", ["show", "seen", "--version", "9"], /no version 9: its newest is 1/],
    ["a version that is no number", ["show", "seen", "--version", "new"], /takes the number of a version/],
    ["a duration that is none", ["watch", "seen", "--for", "1m"], /takes a duration, such as PT1M/],
    ["a file that is not there", ["publish", "nowhere.json"], /There is no file nowhere\.json/],
    ["a folder without documents", ["import", "lib"], /has no journeys and templates/],
    ["no operand", ["pause"], /missing required argument/],
  ])("%s", async (_, args, sentence) => {
    const before = await run.stack.journeys();
    const { exitCode, out, err } = await run.journeys(...args);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toMatch(sentence);
    expect(await run.stack.journeys()).toEqual(before);
  });
});
