/** `diff`: the changes that publishing a file would make. */
import { describe, expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { cart, letter, save, shop } from "../shop.ts";
import { greeting, longer, welcome } from "./edits.ts";

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
