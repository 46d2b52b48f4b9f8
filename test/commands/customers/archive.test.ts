/** `journeys archive`, and a replay of what it wrote through what is live: the stack did just that. */
import { describe, expect, test } from "vitest";
import { readCustomer, readHeader } from "../../../proof/replay/archive.ts";
import { command } from "../on-stack.ts";
import { cart, letter, shop } from "../shop.ts";

const lines = (text: string) => text.split("\n").map((line) => JSON.parse(line));

describe("the archive of a shop", () => {
  test("has a line for each customer, in a form that replay reads", async () => {
    const { exitCode, out, err } = await command(await shop(), ["archive", "--last", "P30D", "--attributes"]);
    const [header = "", ...customers] = out.split("\n");
    expect([exitCode, err]).toEqual([0, expect.stringMatching(/^5 customers from /)]);
    expect(readHeader(header)).toMatchObject({ value: { archive: 1, attributes: true } });
    expect(customers.map(readCustomer).filter((read) => "problems" in read)).toEqual([]);
    const ben = lines(customers.join("\n")).find(({ customerId }) => customerId === "ben");
    expect(ben.events.map(({ event }: { event: string }) => event)).toEqual(["checkout.started", "order.placed"]);
    expect(ben.events[0].customer.email).toBe("ben@mail.example");
    expect(ben.statuses).toMatchObject([{ journeyId: "cart", component: "remind" }]);
  });

  test("has no attribute that names a person, unless asked for", async () => {
    const { out } = await command(await shop(), ["archive", "--last", "P30D"]);
    expect(out).not.toMatch(/@mail\.example|"(country|firstName)":/);
    expect(out).toContain("@archive.example");
  });

  test("has only what happened within the time", async () => {
    const stack = await shop();
    await stack.pass(2 * 3_600_000);
    const { out } = await command(stack, ["archive", "--last", "PT1H", "--attributes"]);
    const customers = lines(out).slice(1);
    expect(customers.flatMap(({ events = [] }) => events)).toEqual([]);
    expect(customers.find(({ customerId }) => customerId === "ben")).toMatchObject({
      attributes: { email: "ben@mail.example" },
      entries: [{ journeyId: "cart", count: 1 }],
    });
  });

  test("--sample reads a part of the customers, the same on every run, and the archive says so", async () => {
    const whole = (await command(await shop(), ["archive", "--last", "P30D"])).out.split("\n");
    const sample = async () => (await command(await shop(), ["archive", "--last", "P30D", "--sample", "1/2"])).out;
    const [header = "", ...customers] = (await sample()).split("\n");
    expect(readHeader(header)).toMatchObject({ value: { sample: 2 } });
    expect(customers.length).toBeGreaterThan(0);
    expect(customers.length).toBeLessThan(whole.length - 1);
    expect(customers.filter((line) => !whole.includes(line))).toEqual([]);
    expect((await sample()).split("\n").slice(1)).toEqual(customers);
  });

  test.each([[[]], [["--last", "30"]], [["--last", "PT0S"]]])("with %j it is wrong usage", async (options) => {
    const { exitCode, err } = await command(await shop(), ["archive", ...options]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining("--last takes a duration such as P30D")]);
  });
});

describe("a replay of it", () => {
  const draft = { ...cart, trigger: { ...cart.trigger, where: { ...cart.trigger.where, value: 1 } } };

  test("through what is live is what the stack did", async () => {
    const stack = await shop();
    const { out: archive } = await command(stack, ["archive", "--last", "P30D", "--attributes"]);
    const files = { "past.jsonl": archive, "cart.json": cart };
    const { exitCode, out } = await command(stack, ["replay", "cart.json", "--from", "past.jsonl", "--json"], files);
    const [summary, ...others] = lines(out);
    const counts = await stack.counts("cart");
    expect([exitCode, others, summary.changed]).toEqual([0, [], 0]);
    expect(summary.against.journeys.cart).toMatchObject({
      entered: counts.entered,
      completed: counts.completed,
      exited: { bought: 1 },
      goals: { sale: 1 },
    });
    expect(summary.unknown.statuses).toEqual({ against: 0, draft: 0 });
  });

  test("straight from the stack gives the same answer; a draft that lets Dan in says why", async () => {
    const stack = await shop();
    const files = { "draft.json": draft, "hello.json": letter };
    const { out } = await command(stack, ["replay", "draft.json", "--last", "P30D", "--json"], files);
    expect(lines(out)[0]).toMatchObject({
      customerId: "dan",
      against: { line: { reason: "where-false" }, because: expect.stringContaining("event.total is ") },
      draft: { line: { kind: "entered" } },
    });
  });

  test("needs one of --from and --last", async () => {
    expect(await command(await shop(), ["replay", "cart.json"], { "cart.json": cart })).toMatchObject({ exitCode: 2 });
  });
});
