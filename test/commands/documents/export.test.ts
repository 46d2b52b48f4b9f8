/** `export` and `import`: the documents of the stack in a folder. */
import { describe, expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { cart, save, shop } from "../shop.ts";
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
