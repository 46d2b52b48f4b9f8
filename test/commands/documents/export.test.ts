/** `export` and `import`: the documents of the stack in a folder. */
import { describe, expect, test } from "vitest";
import { ran } from "../../cli/running.ts";
import { answer, command } from "../on-stack.ts";
import { cart, letter, save, shop } from "../shop.ts";
import { greeting, welcome } from "./edits.ts";

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

  describe("the tests that are stored with the journeys", () => {
    const scenario = {
      customers: [{ customerId: "ada", email: "ada@mail.example", country: "DE" }],
      events: [
        { at: "2026-01-05T08:00:00Z", event: "checkout.started", id: "e1", customerId: "ada", data: { total: 59 } },
      ],
    };
    const entering = {
      name: "Ada enters",
      ...scenario,
      expect: [{ customerId: "ada", journeyId: "cart", entered: 1 }],
    };
    const files = {
      "in/cart.journey.json": cart,
      "in/second.journey.json": { ...cart, id: "second" },
      "in/hello.template.json": letter,
      "in/enters.test.json": { ...entering, journeys: ["cart.journey.json"], templates: ["hello.template.json"] },
      "in/both.test.json": { ...entering, journeys: ["cart.journey.json", "second.journey.json"], templates: [letter] },
    };

    test("become files that journeys test runs, and that import stores again without a change", async () => {
      const stack = await shop();
      await command(stack, ["import", "in"], files);
      const stored = async () => [...(await stack.tests("cart")), ...(await stack.tests("second"))];
      const before = await stored();
      expect(before.map(({ id, version }) => `${id} ${version}`)).toEqual([
        "cart test:both",
        "cart test:enters",
        "second test:both",
      ]);
      const { written } = await command(stack, ["export", "out"]);
      const names = Object.keys(written).filter((name) => name.endsWith(".test.json"));
      expect(names.sort()).toEqual(["out/both.test.json", "out/enters.test.json"]);
      const { exitCode, out } = await ran(["test", "out"], written);
      expect([exitCode, out]).toEqual([0, expect.stringContaining("2 tests")]);
      await command(stack, ["import", "out"], written);
      expect(await stored()).toEqual(before);
      expect((await command(stack, ["export", "out"], written)).written).toEqual({});
    });

    test("of one name that differ between journeys have the journey's id in their names", async () => {
      const stack = await shop();
      await command(stack, ["import", "in"], files);
      await stack.putTest({ ...entering, id: "second", version: "test:enters", until: "2026-01-06T00:00:00Z" });
      const { written } = await command(stack, ["export", "out"]);
      expect(Object.keys(written).filter((name) => name.includes("enters"))).toEqual([
        "out/enters.cart.test.json",
        "out/enters.second.test.json",
      ]);
    });
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
