/** `publish`: the order of its saves, its output and its exit codes. */
import { describe, expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { cart, letter, save, shop } from "../shop.ts";
import { greeting, longer, welcome } from "./edits.ts";

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

describe("publish stores the tests of a journey with it", () => {
  const tested = (expectation: object) => ({
    name: "Ada enters",
    journeys: ["c.json"],
    templates: [letter],
    customers: [{ customerId: "ada", email: "ada@mail.example", country: "DE" }],
    events: [
      { at: "2026-01-05T09:00:00Z", event: "checkout.started", id: "e", customerId: "ada", data: { total: 30 } },
    ],
    expect: [{ customerId: "ada", ...expectation }],
  });
  const enters = tested({ entered: 1, messages: ["remind"] });
  const stays = tested({ ended: "completed", path: ["remind", "was-read"] });

  test("before the journey, from a folder or by name; in the next call, only what differs", async () => {
    const stack = await shop();
    const files = { "x/c.json": longer, "x/enters.test.json": enters };
    const { did, out } = await command(stack, ["publish", "x"], files);
    expect(did).toEqual(["store test:enters of cart", "save cart", "wait for cart"]);
    expect(out).toContain("journey cart is live as version 2; 1 test stored");
    const again = await answer(stack, ["publish", "x/c.json", "x/enters.test.json"], files);
    expect([again.did, again.json.results]).toMatchObject([[], [{ state: "unchanged", tests: ["enters"] }]]);
  });

  test("tests that are not among the files any more are deleted; without tests, the stored ones stay", async () => {
    const stack = await shop();
    await command(stack, ["publish", "x"], { "x/c.json": longer, "x/enters.test.json": enters });
    expect((await answer(stack, ["publish", "x"], { "x/c.json": longer })).json.results).toMatchObject([
      { tests: ["enters"] },
    ]);
    const renamed = { "x/c.json": longer, "x/renamed.test.json": enters };
    expect((await command(stack, ["publish", "x"], renamed)).did).toEqual([
      "store test:renamed of cart",
      "delete test:enters of cart",
    ]);
  });

  test("a stack that requires tests says which of them fails, and what was live stays live", async () => {
    const stack = await shop();
    stack.requiresTests = true;
    expect((await answer(stack, ["publish", "x"], { "x/c.json": longer })).json.problems).toMatchObject([
      { code: "test-missing" },
    ]);
    const files = { "x/c.json": longer, "x/enters.test.json": enters, "x/stays.test.json": stays };
    const { exitCode, json } = await answer(stack, ["publish", "x"], files);
    expect([exitCode, json.results]).toMatchObject([1, [{ state: "rejected", version: 1 }]]);
    expect(json.problems).toMatchObject([{ code: "test-failed", message: expect.stringContaining('"stays"') }]);
  });

  test("a test with a problem, and two tests with one name: nothing is saved", async () => {
    const stack = await shop();
    const broken = { "x/c.json": longer, "x/a.test.json": { ...enters, expect: [] } };
    const { exitCode, json, did } = await answer(stack, ["publish", "x"], broken);
    expect([exitCode, did, json.problems]).toMatchObject([1, [], [{ file: "x/a.test.json", path: "expect" }]]);
    const twice = {
      "x/c.json": longer,
      "x/a.test.json": enters,
      "x/y/a.test.json": { ...enters, journeys: ["../c.json"] },
    };
    expect((await answer(stack, ["publish", "x"], twice)).json.problems).toMatchObject([{ code: "duplicate-id" }]);
  });

  test("a test alone is no document", async () => {
    const { json } = await answer(await shop(), ["publish", "a.test.json"], { "a.test.json": enters });
    expect(json.problems).toMatchObject([{ code: "unknown-document" }]);
  });
});
