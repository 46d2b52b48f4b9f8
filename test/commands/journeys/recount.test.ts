/** `recount`: the difference between counters and logs, and its repair. */
import { describe, expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { shop } from "../shop.ts";

describe("recount", () => {
  const add = (stack: Awaited<ReturnType<typeof shop>>, counts: Record<string, number>) =>
    stack.ports.store.commit([{ kind: "counts", journeyId: "cart", counts, shardKey: "cart" }]);

  test("reads once when counters and logs agree: exit code 0", async () => {
    const stack = await shop();
    const { exitCode, out } = await command(stack, ["recount", "cart"]);
    expect([exitCode, out, stack.reads]).toEqual([0, "cart: counters and logs agree.", 1]);
  });

  test("reports differences that both readings have, and changes nothing without --repair: exit code 1", async () => {
    const stack = await shop();
    await add(stack, { completed: 5, "message.remind.sent": -1 });
    const before = await stack.counts("cart");
    const { exitCode, json } = await answer(stack, ["recount", "cart"]);
    expect(json).toMatchObject({ repaired: false, moving: [] });
    expect(json.differences).toEqual([
      { name: "completed", counter: 6, logs: 1 },
      { name: "message.remind.sent", counter: 2, logs: 3 },
    ]);
    expect([exitCode, stack.reads]).toEqual([1, 2]);
    expect(await stack.counts("cart")).toEqual(before);
    const { out } = await command(stack, ["recount", "cart"]);
    expect(out).toMatch(/completed +6 +1 +\+5/);
    expect(out).toContain("cart: 2 differ. journeys recount cart --repair corrects them.");
  });

  test("--repair adds to counters that are too low and subtracts from counters that are too high: exit code 0", async () => {
    const stack = await shop();
    const right = await stack.counts("cart");
    await add(stack, { completed: 5, "message.remind.sent": -1 });
    const { exitCode, out } = await command(stack, ["recount", "cart", "--repair"]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("cart: 2 repaired.")]);
    expect(await stack.counts("cart")).toEqual(right);
  });

  test("names and does not change a counter that changes while the logs are read", async () => {
    const stack = await shop();
    stack.onRead = () => void add(stack, { completed: 1 });
    const { exitCode, json } = await answer(stack, ["recount", "cart", "--repair"]);
    expect([exitCode, json]).toMatchObject([0, { differences: [], moving: ["completed"], repaired: false }]);
  });

  test("does not report a difference that only the first reading has", async () => {
    const stack = await shop();
    await add(stack, { completed: 5 });
    const { logs } = stack;
    stack.logs = async function* (journeyId, tell) {
      if (stack.reads === 1) await add(stack, { completed: -5 });
      yield* logs.call(stack, journeyId, tell);
    };
    const { exitCode, json } = await answer(stack, ["recount", "cart"]);
    expect([exitCode, json.differences]).toEqual([0, []]);
  });
});
