/** `erase`: what is published, how long the command waits, and where it searches afterwards. */
import { describe, expect, test } from "vitest";
import { remains } from "../../../cli/erase/remains.ts";
import { answer, command } from "../on-stack.ts";
import { cart, checkout, happens, save, shop } from "../shop.ts";

describe("erase", () => {
  test("publishes customer.deleted and waits until only a tombstone is left", async () => {
    const stack = await shop();
    const { exitCode, out, did } = await command(stack, ["erase", "ben", "--yes"]);
    expect(did).toEqual(["event customer.deleted of ben from journeys-cli"]);
    expect([exitCode, out]).toEqual([
      0,
      expect.stringMatching(/^ben is erased: 6 items are deleted, a tombstone remains\.$/m),
    ]);
    expect(await stack.customer("ben")).toMatchObject([{ sk: "profile", attributes: {} }]);
    expect((await answer(stack, ["recount", "cart"])).json).toMatchObject({ differences: [] });
  });

  test("ends the enrollments of the customer", async () => {
    const stack = await shop();
    expect((await command(stack, ["erase", "eve", "--yes"])).exitCode).toBe(0);
    expect((await stack.counts("cart")).active).toBeUndefined();
  });

  test("says when nothing was stored about the customer, and leaves a tombstone", async () => {
    const stack = await shop();
    const { exitCode, out } = await command(stack, ["erase", "zoe", "--yes"]);
    expect([exitCode, out]).toEqual([
      0,
      expect.stringMatching(/^zoe is erased: nothing was stored, a tombstone remains\.$/m),
    ]);
    expect(await stack.customer("zoe")).toMatchObject([{ sk: "profile" }]);
  });

  test("lists what other places keep, and how to remove it", async () => {
    const { out } = await command(await shop(), ["erase", "ben", "--yes"]);
    for (const { place } of remains) expect(out).toMatch(new RegExp(`^  ${place}  .+\n    `, "m"));
    for (const { remove } of remains) expect(out).toContain(`    ${remove}`);
  });

  test("waits for --wait seconds when the stack does not handle the event: exit code 1", async () => {
    const stack = await shop();
    stack.delivers = false;
    const before = Date.parse(stack.world.clock.now());
    const { exitCode, json } = await answer(stack, ["erase", "cyd", "--yes", "--wait", "30"]);
    expect([exitCode, json.left.map(({ key }: { key: string }) => key.split("#")[0])]).toEqual([
      1,
      ["event", "profile", "reason"],
    ]);
    expect((Date.parse(stack.world.clock.now()) - before) / 1000).toBeCloseTo(32, 0);
    const { out } = await command(stack, ["erase", "cyd", "--yes", "--wait", "1"]);
    expect(out).toMatch(/^cyd is not completely erased\. These items are left:\n {2}customers {2}event#checkout-cyd/);
    const unknown = await answer(stack, ["erase", "zoe", "--yes", "--wait", "1"]);
    expect([unknown.exitCode, unknown.json.left]).toEqual([
      1,
      [{ table: "customers", key: "there is no tombstone: the event was not handled" }],
    ]);
  });

  test("ignores the tombstone of an earlier erasure", async () => {
    const stack = await shop();
    await command(stack, ["erase", "ben", "--yes"]);
    stack.delivers = false;
    const before = Date.parse(stack.world.clock.now());
    await command(stack, ["erase", "ben", "--yes", "--wait", "20"]);
    expect((Date.parse(stack.world.clock.now()) - before) / 1000).toBeGreaterThan(20);
  });

  test("reads the tables again after running work has ended", async () => {
    const stack = await shop();
    const later = new Date(Date.parse(stack.world.clock.now()) + 1_500).toISOString();
    stack.world.clock.plan(later, "world", () =>
      stack.publish("order.placed", { customerId: "ben", id: "late" }, "shop"),
    );
    const { exitCode, json } = await answer(stack, ["erase", "ben", "--yes"]);
    expect([exitCode, json.left]).toEqual([1, [{ table: "customers", key: "event#late" }]]);
  });

  test("--everywhere finds other customers' items that contain the customer's id, address or number", async () => {
    const stack = await shop();
    await happens(stack, "invited", { customerId: "hal", id: "by-id", data: { by: "gus" } });
    await happens(stack, "invited", { customerId: "ida", id: "by-address", data: { to: "gus@mail.example" } });
    await happens(stack, "invited", { customerId: "jon", id: "other", data: { by: "gus-tav" } });
    await happens(stack, "invited", { customerId: "kim", id: "by-number", data: { call: "+491701234567" } });
    await happens(stack, "invited", { customerId: "leo", id: "longer", data: { call: "+4917012345678" } });
    await checkout(stack, "gus", 5);
    await happens(stack, "called", { customerId: "gus", id: "number", customer: { phone: "+491701234567" } });
    const { exitCode, json } = await answer(stack, ["erase", "gus", "--yes", "--everywhere"]);
    expect(json.left.map(({ table, key }: Record<string, string>) => `${table} ${key}`)).toEqual([
      "customers hal event#by-id",
      "customers ida event#by-address",
      "customers kim event#by-number",
    ]);
    expect(exitCode).toBe(1);
  });

  test("always searches journeys, templates and counters, and searches other customers only with --everywhere", async () => {
    const stack = await shop();
    await happens(stack, "invited", { customerId: "hal", id: "by-id", data: { by: "ben" } });
    expect((await command(stack, ["erase", "ben", "--yes"])).exitCode).toBe(0);
    await save(stack, { ...cart, id: "personal", name: "cyd" });
    const { exitCode, json } = await answer(stack, ["erase", "cyd", "--yes"]);
    expect([exitCode, json.left]).toEqual([1, [{ table: "journeys", key: "personal current" }]]);
  });

  test("an id that no event may have: exit code 2, and nothing is published", async () => {
    const { exitCode, did, err } = await command(await shop(), ["erase", "a\tb", "--yes"]);
    expect([exitCode, did, err]).toEqual([2, [], expect.stringMatching(/^customerId must be 1–128 printable/)]);
  });

  test("without --yes publishes nothing: exit code 2", async () => {
    const stack = await shop();
    const { exitCode, did, err } = await command(stack, ["erase", "ben"]);
    expect([exitCode, did, err]).toEqual([2, [], expect.stringContaining("--yes")]);
  });

  test("fails when the bus refuses the event, and erases nothing", async () => {
    const stack = await shop();
    stack.refuses = () => "throttled";
    await expect(command(stack, ["erase", "ben", "--yes"])).rejects.toThrow(
      "The bus refused customer.deleted: throttled",
    );
    expect((await stack.customer("ben")).length).toBeGreaterThan(5);
  });
});
