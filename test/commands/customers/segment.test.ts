/** `segment`: the documents that use a segment, and the customers who are in it. */
import { beforeEach, describe, expect, test } from "vitest";
import { seed } from "../../app/runs/walk-run.ts";
import { MemoryStack } from "../memory-stack/stack.ts";
import { answer, command } from "../on-stack.ts";
import { cart, letter } from "../shop.ts";

const german = {
  id: "german",
  kind: "segment",
  name: "Germans",
  where: { field: "customer.country", operator: "equals", value: "DE" },
};
const vip = {
  id: "vip",
  kind: "segment",
  name: "German VIPs",
  where: { all: [{ segment: "german" }, { field: "customer.tags", operator: "contains", value: "vip" }] },
};
const aimed = { ...cart, trigger: { ...cart.trigger, audience: { segment: "german" } } };
const files = { "c.json": aimed, "t.json": letter, "v.json": vip, "g.json": german };

let stack: MemoryStack;
beforeEach(async () => {
  stack = new MemoryStack();
  await command(stack, ["publish", ...Object.keys(files)], files);
  for (const [id, country, ...tags] of [
    ["ann", "DE", "vip"],
    ["ben", "FR", "vip"],
    ["cid", "DE"],
    ["dot", "DE", "vip"],
  ] as const)
    seed(stack.world, id, { country, tags });
});

describe("segment", () => {
  test("shows the condition, the uses, the count and the customers", async () => {
    const { exitCode, out, did } = await command(stack, ["segment", "german"]);
    expect([exitCode, did]).toEqual([0, []]);
    expect(out).toContain("Germans (german)");
    expect(out).toMatch(/where +country = DE/);
    expect(out).toMatch(/used by +journey cart, segment vip/);
    expect(out).toMatch(/inside +3 of 4 customers/);
    expect(out).toMatch(/customers +ann, cid, dot/);
  });

  test.each([
    [[], { considered: 4, count: 2, sample: ["ann", "dot"] }],
    [["--count"], { considered: 4, count: 2, sample: [] }],
    [["--count", "--sample", "1"], { considered: 4, count: 2, sample: ["ann"] }],
  ])("a segment in a segment, with %j", async (options, expected) => {
    const { json } = await answer(stack, ["segment", "vip", ...options]);
    expect(json).toMatchObject({
      ok: true,
      document: { id: "vip" },
      usedBy: { journeys: [], segments: [] },
      ...expected,
    });
  });

  test("with --sample alone, reads no further than it must, and gives no count", async () => {
    for (let n = 0; n < 200; n++) seed(stack.world, `z-${n}`, { country: "DE" });
    const { json } = await answer(stack, ["segment", "german", "--sample", "2"]);
    expect(json.sample).toHaveLength(2);
    expect(json.considered).toBeLessThan(100);
    expect(json).not.toHaveProperty("count");
  });

  test.each(["0", "1001", "x", "2.5"])("refuses --sample %s", async (number) => {
    const { exitCode, err } = await command(stack, ["segment", "german", "--sample", number]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining("--sample takes a number from 1 to 1000")]);
  });

  test("names the nearest segment for an id that is none", async () => {
    const { exitCode, err } = await command(stack, ["segment", "germann"]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('Did you mean "german"?')]);
  });

  test("a deleted segment that is still named is told, here and by doctor", async () => {
    stack.remove("german");
    expect((await command(stack, ["segment", "german"])).out).toContain("the document was deleted");
    const { json } = await answer(stack, ["doctor"]);
    expect(json.findings).toContainEqual(
      expect.objectContaining({
        area: "segment german",
        state: "failing",
        what: expect.stringContaining("journey cart, segment vip name it"),
      }),
    );
  });
});
