/** The commands that read and save documents: their output, their exit codes, and the order of their saves. */
import { describe, expect, test } from "vitest";
import { newBreaker } from "../../lambdas/domain/counters/breaker.ts";
import { MemoryStack } from "./memory-stack.ts";
import { answer, command } from "./on-stack.ts";
import { cart, letter, save, shop } from "./shop.ts";

const longer = { ...cart, components: { ...cart.components, cold: { type: "addTag", tags: ["frozen"] } } };
const welcome = { ...letter, id: "welcome" };
const greeting = {
  ...cart,
  id: "greeting",
  name: "Greeting",
  start: "greet",
  components: { greet: { type: "sendTemplate", template: "welcome" } },
};

describe("list", () => {
  test("shows each journey by id: the live version, and the outcome of the last edit", async () => {
    const stack = await shop();
    await save(stack, { ...cart, name: "Edited", start: "nowhere" });
    await save(stack, { ...cart, id: "sketch", name: "Sketch", status: "draft" });
    await save(stack, { ...cart, id: "a-gone", name: "Gone" });
    stack.remove("a-gone");
    await stack.replaceJourney({ ...cart, id: "new" }, undefined);
    const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    const none = { held: false, inside: 0, entered: 0, problems: 0 };
    const { exitCode, json, did } = await answer(stack, ["list"]);
    expect(json.journeys).toEqual([
      { ...none, journeyId: "a-gone", name: "Gone", status: "active", version: 1, edit: "deleted" },
      {
        journeyId: "cart",
        name: "Cart",
        status: "active",
        version: 1,
        held: true,
        inside: 1,
        entered: 3,
        edit: "rejected",
        problems: 1,
      },
      { ...none, journeyId: "new", name: "Cart", status: "draft", version: 0, edit: "pending" },
      { ...none, journeyId: "sketch", name: "Sketch", status: "draft", version: 0, edit: "draft" },
    ]);
    expect([exitCode, did]).toEqual([0, []]);
    const { out } = await command(stack, ["list"]);
    expect(out).toMatch(/^ *cart +Cart +active, on hold +1 +1 +3 +rejected \(1 problem\)$/m);
  });

  test("of an empty stack says how to publish a journey", async () => {
    const { exitCode, out } = await command(new MemoryStack(), ["list"]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("journeys publish FILE")]);
  });
});

describe("show", () => {
  test("shows the live version, the number of customers inside, and why the last edit was rejected", async () => {
    const stack = await shop();
    await save(stack, { ...cart, start: "nowhere" });
    const { exitCode, out } = await command(stack, ["show", "cart"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Cart \(cart\)$/m);
    expect(out).toMatch(/version +1 is live/);
    expect(out).toMatch(/on checkout\.started, where event\.total > 20, for country in DE, AT, once/);
    expect(out).toMatch(/1 of 3 who entered/);
    expect(out).toMatch(/rejected at 2026-01-05T/);
    expect(out).toMatch(/start .*\(unknown-component\)/);
  });

  test("shows the progress of a stop", async () => {
    const stack = await shop();
    const since = "2026-01-05T10:00:00.000Z";
    stack.progress.push({ journeyId: "cart", work: "stop", since, done: 7, complete: false });
    const { out } = await command(stack, ["show", "cart"]);
    expect(out).toMatch(/stop +began at 2026-01-05T10:00:00.000Z: 7 customers exited; 0 of 8 parts are complete/);
    const { json } = await answer(stack, ["show", "cart"]);
    expect(json.progress).toMatchObject([{ work: "stop", since, done: 7, complete: false }]);
  });

  test("shows a held journey, and one whose document was deleted", async () => {
    const stack = await shop();
    const held = { kind: "complaints", reports: 7, sent: 500, at: "2026-01-05T10:00:00.000Z" } as const;
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    stack.remove("cart");
    const { exitCode, out } = await command(stack, ["show", "cart"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("marketing on hold since 2026-01-05T10:00:00.000Z: 7 complaints of 500 messages");
    expect(out).toContain("the document was deleted; the live version stays live");
    expect((await answer(stack, ["show", "cart"])).json).toMatchObject({ document: { id: "cart", start: "remind" } });
  });

  test("shows that the outcome is pending, and that no version was ever live", async () => {
    const stack = await shop();
    await stack.replaceJourney({ ...cart, id: "new", name: "New" }, undefined);
    const { exitCode, out } = await command(stack, ["show", "new"]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^New \(new\)$/m)]);
    expect(out).toMatch(/status +draft\n +version +no version was ever live\n/);
    expect(out).toContain("saved; the stack has not answered yet");
  });

  test("--version shows the given version, not the newest", async () => {
    const stack = await shop();
    await save(stack, longer);
    expect((await answer(stack, ["show", "cart", "--version", "1"])).json.document.components.cold.tags).toEqual([
      "cold",
    ]);
    expect((await answer(stack, ["show", "cart", "--version", "v2"])).json.document.components.cold.tags).toEqual([
      "frozen",
    ]);
    expect((await command(stack, ["show", "cart", "--version", "1"])).out).toMatch(/^\{\n {2}"id": "cart",/);
  });

  test.each([
    ["a version that is not there", ["show", "cart", "--version", "9"], /"cart" has no version 9: its newest is 1\./],
    ["a version that is no number", ["show", "cart", "--version", "new"], /takes the number of a version, not "new"/],
  ])("%s: exit code 2", async (_, args, sentence) => {
    const { exitCode, out, err } = await command(await shop(), args);
    expect([exitCode, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
  });
});

describe("publish", () => {
  test("saves templates before the journeys that name them, in any order of the files, then waits", async () => {
    const stack = await shop();
    const files = { "g.json": greeting, "w.json": welcome };
    const { exitCode, out, did } = await command(stack, ["publish", "g.json", "w.json"], files);
    expect(did).toEqual(["save welcome", "save greeting", "wait for greeting"]);
    expect(exitCode).toBe(0);
    expect(out).toBe("✓ w.json: template welcome is live\n✓ g.json: journey greeting is live as version 1");
    expect(await stack.journey("greeting")).toMatchObject({ name: "Greeting", publication: { version: 1 } });
  });

  test("takes a folder, and skips files that are no documents, as a shell names them", async () => {
    const files = {
      "x/cart.json": { ...cart, name: "New" },
      "x/hello.template.json": letter,
      "x/scenario.json": { events: [] },
      "x/expected.json": { customers: { "c-1": ["enters"] } },
    };
    for (const names of [["x"], Object.keys(files)]) {
      const { exitCode, json } = await answer(await shop(), ["publish", ...names], files);
      expect([exitCode, json.results.map(({ id }: { id: string }) => id)]).toEqual([0, ["hello", "cart"]]);
    }
  });

  test("an edit makes a new version; an unchanged document is not saved", async () => {
    const stack = await shop();
    const edited = await answer(stack, ["publish", "c.json"], { "c.json": longer });
    expect([edited.exitCode, edited.json.results]).toMatchObject([0, [{ state: "published", version: 2 }]]);
    const files = { "c.json": longer, "hello.json": letter };
    const same = await answer(stack, ["publish", "c.json", "hello.json"], files);
    expect([same.did, same.json.ok]).toEqual([[], true]);
    expect(same.json.results).toMatchObject([{ state: "unchanged" }, { state: "unchanged", version: 2 }]);
    expect((await command(stack, ["publish", "c.json"], files)).out).toContain("✓ c.json: journey cart is unchanged");
  });

  test("saves a rejected document again, even if it is unchanged", async () => {
    const stack = await shop();
    await save(stack, greeting);
    const files = { "g.json": greeting, "w.json": welcome };
    const { exitCode, did } = await command(stack, ["publish", "g.json", "w.json"], files);
    expect([exitCode, did]).toEqual([0, ["save welcome", "save greeting", "wait for greeting"]]);
  });

  test("if one file has a problem, none is saved: exit code 1", async () => {
    const stack = await shop();
    const files = { "c.json": longer, "g.json": greeting };
    const { exitCode, json, did } = await answer(stack, ["publish", "c.json", "g.json"], files);
    expect([exitCode, did, json.ok]).toEqual([1, [], false]);
    expect(json.problems).toMatchObject([
      { file: "g.json", path: "components.greet.template", code: "unknown-template" },
    ]);
    expect((await command(stack, ["publish", "c.json", "g.json"], files)).out).toContain("Nothing was saved.");
  });

  test("--dry-run shows what would change, templates first, and saves nothing", async () => {
    const stack = await shop();
    const files = { "c.json": longer, "g.json": greeting, "w.json": welcome };
    const args = ["publish", "c.json", "g.json", "w.json", "--dry-run"];
    const { exitCode, out, did } = await command(stack, args, files);
    expect([exitCode, did]).toEqual([0, []]);
    expect(out).toMatch(
      /^Template welcome is new to the stack.*\ncart: version 1 is live.*\n.*\n {2}~ components.cold.tags/,
    );
    expect(out).toContain("greeting is new to the stack: publishing it creates version 1.");
    expect(out).toMatch(/\nThis was a dry run: nothing was saved.$/);
    const { json } = await answer(stack, args, files);
    expect(json).toMatchObject({
      ok: true,
      problems: [],
      results: [
        { file: "w.json", kind: "template", isNew: true },
        { file: "c.json", kind: "journey", live: { version: 1 }, version: 2 },
        { file: "g.json", kind: "journey", live: null, version: 1 },
      ],
    });
    expect(await stack.journey("greeting")).toBeUndefined();
  });

  test("--dry-run shows the problems that a publication would: exit code 1", async () => {
    const stack = await shop();
    const files = { "c.json": longer, "g.json": greeting };
    const { exitCode, json, did } = await answer(stack, ["publish", "c.json", "g.json", "--dry-run"], files);
    expect([exitCode, did, json.ok]).toEqual([1, [], false]);
    expect(json.problems).toMatchObject([{ file: "g.json", code: "unknown-template" }]);
  });

  test("refuses a broken file before it connects to a stack", async () => {
    const stack = await shop();
    const { exitCode } = await command(stack, ["publish", "b.json"], { "b.json": { ...cart, start: "nowhere" } });
    expect([exitCode, stack.did]).toEqual([1, []]);
  });

  test("prints the problems when the stack rejects a document: exit code 1, the old version stays live", async () => {
    const stack = await shop();
    stack.world.templates.known = async () => new Map();
    const { exitCode, json } = await answer(stack, ["publish", "c.json"], { "c.json": longer });
    expect([exitCode, json.ok, json.results]).toMatchObject([1, false, [{ state: "rejected", version: 1 }]]);
    expect(json.problems).toMatchObject([{ file: "c.json", code: "unknown-template" }]);
    const text = await command(stack, ["publish", "c.json"], { "c.json": longer });
    expect(text.out).toContain("is rejected; version 1 stays live");
  });

  test("reports that the stack has not answered: exit code 1", async () => {
    const stack = await shop();
    stack.answers = false;
    const { exitCode, json, did } = await answer(stack, ["publish", "c.json"], { "c.json": longer });
    expect(did).toEqual(["save cart", "wait for cart"]);
    expect([exitCode, json.ok, json.results[0].state]).toEqual([1, false, "unanswered"]);
    expect(json.problems).toMatchObject([{ file: "c.json", code: "no-outcome" }]);
  });

  test("never overwrites an edit that another person saves at the same time: conflict, exit code 1", async () => {
    const stack = await shop();
    const { replaceJourney } = stack;
    stack.replaceJourney = async (document, before) => {
      await replaceJourney.call(stack, { ...cart, name: "Theirs" }, before);
      await stack.outcome("cart");
      return replaceJourney.call(stack, document, before);
    };
    const { exitCode, json } = await answer(stack, ["publish", "c.json"], { "c.json": longer });
    expect([exitCode, json.results]).toMatchObject([1, [{ state: "conflict" }]]);
    expect(json.problems).toMatchObject([{ code: "edited-meanwhile" }]);
    expect(await stack.journey("cart")).toMatchObject({ name: "Theirs" });
  });

  test("waits first for the outcome of a save that is in progress", async () => {
    const stack = await shop();
    await stack.replaceJourney({ ...cart, name: "Theirs" }, await stack.journey("cart"));
    const { did } = await command(stack, ["publish", "c.json"], { "c.json": longer });
    expect(did).toEqual(["wait for cart", "save cart", "wait for cart"]);
  });

  test("--if-version saves only when this version is live", async () => {
    const stack = await shop();
    const late = await command(stack, ["publish", "c.json", "--if-version", "0"], { "c.json": longer });
    expect([late.exitCode, late.out, late.did]).toEqual([2, "", []]);
    expect(late.err).toContain('Version 1 of "cart" is live, not 0: nothing was saved.');
    const fine = await command(stack, ["publish", "c.json", "--if-version", "1"], { "c.json": longer });
    expect([fine.exitCode, fine.out]).toEqual([0, expect.stringContaining("is live as version 2")]);
    const first = await command(stack, ["publish", "g.json", "--if-version", "0"], {
      "g.json": { ...cart, id: "first" },
    });
    expect(first.exitCode).toBe(0);
  });

  test.each([
    ["no number", ["publish", "c.json", "--if-version", "one"], /takes the number of a version/],
    ["no journey among the files", ["publish", "w.json", "--if-version", "1"], /exactly one journey/],
    ["two journeys", ["publish", "c.json", "d.json", "--if-version", "1"], /exactly one journey/],
  ])("--if-version with %s: exit code 2, nothing is saved", async (_, args, sentence) => {
    const files = { "c.json": longer, "d.json": { ...cart, id: "other" }, "w.json": welcome };
    const { exitCode, did, err } = await command(await shop(), args, files);
    expect([exitCode, did, err]).toEqual([2, [], expect.stringMatching(sentence)]);
  });
});

describe("diff", () => {
  test("shows the changes, the number of customers and the new version; saves nothing; exit code 1", async () => {
    const stack = await shop();
    const { exitCode, json, did } = await answer(stack, ["diff", "c.json"], { "c.json": longer });
    expect([exitCode, json.ok, did]).toEqual([1, false, []]);
    expect(json).toMatchObject({
      live: { version: 1, status: "active" },
      version: 2,
      inside: 1,
      at: { "was-read": 1 },
      lastEdit: "published",
    });
    expect(json.differences).toMatchObject([{ path: "components.cold.tags", kind: "changed" }]);
    const { out } = await command(stack, ["diff", "c.json"], { "c.json": longer });
    expect(out).toMatch(/^cart: version 1 is live, active, 1 customer inside\n {2}inside now: was-read 1\n/);
    expect(out).toContain("Publishing it creates version 2.");
  });

  test.each([
    ["cart", 0, "the same content", { "cart.json": cart }],
    ["hello", 0, "the same content of a template", { "hello.json": letter }],
    ["cart", 1, "another content", { "cart.json": longer }],
    ["new", 1, "a journey that the stack does not have", { "new.json": { ...cart, id: "new" } }],
    ["welcome", 1, "a template that the stack does not have", { "welcome.json": welcome }],
    ["bad", 2, "a journey that the stack would reject", { "bad.json": { ...cart, start: "nowhere" } }],
    ["gone", 2, "a file that does not exist", {}],
  ])("%s.json: exit code %i, as of diff(1), for %s", async (name, expected, _, files) => {
    const { exitCode, json } = await answer(await shop(), ["diff", `${name}.json`], files);
    expect([exitCode, json.ok]).toEqual([expected, expected === 0]);
  });

  test("handles an unchanged document, a new document and a new draft", async () => {
    const files = {
      "c.json": cart,
      "n.json": { ...cart, id: "new" },
      "d.json": { ...cart, id: "new", status: "draft" },
    };
    const stack = await shop();
    expect((await command(stack, ["diff", "c.json"], files)).out).toContain(
      "The file and the live document have the same content.",
    );
    expect((await command(stack, ["diff", "n.json"], files)).out).toContain("publishing it creates version 1");
    expect((await command(stack, ["diff", "d.json"], files)).out).toContain("it is a draft");
    expect((await answer(stack, ["diff", "n.json"], files)).json).toMatchObject({ live: null, lastEdit: null });
  });

  test("mentions a rejected edit that publishing would replace", async () => {
    const stack = await shop();
    await save(stack, { ...cart, start: "nowhere" });
    const { out } = await command(stack, ["diff", "c.json"], { "c.json": longer });
    expect(out).toContain("The last saved edit was rejected and is not live.");
    expect((await answer(stack, ["diff", "c.json"], { "c.json": longer })).json.lastEdit).toBe("rejected");
  });

  test("of a template names the journeys that send it and the number of customers inside", async () => {
    const stack = await shop();
    const files = { "h.json": { ...letter, subject: "Hi" }, "w.json": welcome };
    const { exitCode, out } = await command(stack, ["diff", "h.json"], files);
    expect([exitCode, out]).toEqual([1, expect.stringContaining("named by cart (1 customer inside)")]);
    expect((await answer(stack, ["diff", "h.json"], files)).json).toMatchObject({
      isNew: false,
      journeys: [{ id: "cart", inside: 1 }],
    });
    expect((await command(stack, ["diff", "w.json"], files)).out).toContain("is new to the stack; named by no journey");
  });

  test("prints the problems of a file that the stack would reject: exit code 2", async () => {
    const { exitCode, json } = await answer(await shop(), ["diff", "g.json"], { "g.json": greeting });
    expect([exitCode, json.ok, json.problems]).toMatchObject([2, false, [{ code: "unknown-template" }]]);
  });
});

describe("export and import", () => {
  test("export writes each document without the attributes that the table adds, and does not write unchanged files", async () => {
    const stack = await shop();
    const first = await command(stack, ["export", "out"]);
    expect(Object.keys(first.written)).toEqual(["out/cart.journey.json", "out/hello.template.json"]);
    expect(JSON.parse(first.written["out/cart.journey.json"] ?? "")).toEqual(cart);
    expect([first.exitCode, first.out]).toEqual([0, expect.stringMatching(/2 files written, 0 unchanged\.$/)]);

    const again = await command(stack, ["export", "out"], { ...first.written, "out/old.journey.json": "{}" });
    expect(again.written).toEqual({});
    expect(again.out).toBe("? out/old.journey.json is not in the stack\n0 files written, 2 unchanged.");
    await save(stack, { ...cart, name: "Renamed" });
    const { json, written } = await answer(stack, ["export", "out"], first.written);
    expect(json.files).toEqual([
      { file: "out/cart.journey.json", state: "written" },
      { file: "out/hello.template.json", state: "unchanged" },
    ]);
    expect(Object.keys(written)).toEqual(["out/cart.journey.json"]);
  });

  test("export refuses an id that leaves the folder: exit code 2, nothing is written", async () => {
    const stack = await shop();
    await stack.replaceJourney({ ...cart, id: "../../evil" }, undefined);
    const { exitCode, written, err } = await command(stack, ["export", "out"]);
    expect([exitCode, written, err]).toEqual([2, {}, expect.stringContaining('"../../evil" cannot be a file name')]);
  });

  test("import publishes the documents of a folder, templates first, and ignores other files", async () => {
    const stack = await shop();
    const files = {
      "in/cart.journey.json": cart,
      "in/greeting.json": greeting,
      "in/scenario.json": { events: [] },
      "in/welcome.template.json": welcome,
      "in/README.md": "text",
    };
    const { exitCode, json, did } = await answer(stack, ["import", "in"], files);
    expect(did).toEqual(["save welcome", "save greeting", "wait for greeting"]);
    expect(exitCode).toBe(0);
    expect(json.results.map(({ id, state }: { id: string; state: string }) => `${id} ${state}`)).toEqual([
      "welcome published",
      "cart unchanged",
      "greeting published",
    ]);
  });

  test.each([
    ["a folder that is not there", {}],
    ["a folder without documents", { "in/scenario.json": { events: [] } }],
  ])("import of %s: exit code 2", async (_, files) => {
    const { exitCode, err } = await command(await shop(), ["import", "in"], files);
    expect([exitCode, err]).toEqual([2, expect.stringContaining("has no journeys and templates")]);
  });
});
