/** Segments through the commands. */
import { expect, test } from "vitest";
import { ran } from "../../cli/running.ts";
import { answer, command } from "../on-stack.ts";
import { cart, letter, shop } from "../shop.ts";

const german = {
  id: "german",
  kind: "segment",
  name: "Germans",
  where: { field: "customer.country", operator: "equals", value: "DE" },
};
const vip = { id: "a-vip", kind: "segment", name: "German VIPs", where: { segment: "german" } };
const aimed = { ...cart, trigger: { ...cart.trigger, audience: { segment: "a-vip" } } };
const files = { "c.json": aimed, "t.json": letter, "a.json": vip, "g.json": german };

test("validate checks the files together", async () => {
  expect((await ran(["validate", ...Object.keys(files)], files)).exitCode).toBe(0);
  const { exitCode, out } = await ran(["validate", "c.json", "t.json", "g.json"], files);
  expect(exitCode).toBe(1);
  expect(out).toContain("unknown-segment");
});

test("publish saves a segment before those that name it, and the journey knows the segments of the stack", async () => {
  const stack = await shop();
  const all = await command(stack, ["publish", "a.json", "g.json"], files);
  expect([all.exitCode, all.did]).toEqual([0, ["save german", "save a-vip"]]);
  expect((await command(stack, ["publish", "c.json"], files)).exitCode).toBe(0);
  expect((await stack.templates()).map(({ id }) => id)).toEqual(["hello"]);
});

test("an edit that would break a segment is refused", async () => {
  const stack = await shop();
  await command(stack, ["publish", "a.json", "g.json"], files);
  const cycle = { "g.json": { ...german, where: { segment: "a-vip" } } };
  const { exitCode, json } = await answer(stack, ["publish", "g.json"], cycle);
  expect([exitCode, json.problems]).toMatchObject([1, [{ code: "segment-cycle" }]]);
});

test("diff names the journeys that use it, export writes a file", async () => {
  const stack = await shop();
  await command(stack, ["publish", ...Object.keys(files)], files);
  const changed = { "v.json": { ...vip, name: "VIPs" } };
  const { exitCode, out } = await command(stack, ["diff", "v.json"], changed);
  expect([exitCode, out]).toEqual([1, expect.stringContaining("Segment a-vip; named by cart (1 customer inside)")]);
  expect(Object.keys((await command(stack, ["export", "out"], {})).written)).toContain("out/a-vip.segment.json");
});
