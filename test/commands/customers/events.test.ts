/** `send` and `watch`: the events that reach the bus, and the changes that are printed. */
import { describe, expect, test } from "vitest";
import { ran } from "../../cli/running.ts";
import { answer, around, command } from "../on-stack.ts";
import { happens, shop } from "../shop.ts";

const order = { event: "order.placed", customerId: "eve", id: "order-eve" };

describe("send", () => {
  test("puts the events of all files on the bus in order, and the stack handles them", async () => {
    const stack = await shop();
    const files = {
      "a.json": [{ event: "seen", customerId: "ada" }, order],
      "b.json": { event: "seen", customerId: "ben" },
    };
    const { exitCode, out, did } = await command(stack, ["send", "a.json", "b.json"], files);
    expect(did).toEqual([
      "event seen of ada from journeys-send",
      "event order.placed of eve from journeys-send",
      "event seen of ben from journeys-send",
    ]);
    expect([exitCode, out]).toEqual([0, "3 events sent."]);
    await stack.pass(1000);
    expect(await stack.counts("cart")).toMatchObject({ "exited.bought": 2 });
  });

  test("uses the source of the event or of --source", async () => {
    const files = { "a.json": [order, { ...order, id: "other", source: "pos" }] };
    const { did } = await command(await shop(), ["send", "a.json", "--source", "shop"], files);
    expect(did).toEqual(["event order.placed of eve from shop", "event order.placed of eve from pos"]);
  });

  test("sends at most ten events per request, and names the events that the bus refused: exit code 1", async () => {
    const stack = await shop();
    const portions: number[] = [];
    const { putEvents } = stack;
    stack.putEvents = (entries) => {
      portions.push(entries.length);
      return putEvents.call(stack, entries);
    };
    stack.refuses = ({ Detail }) => (Detail.includes('"c-17"') ? "try later (Throttled)" : undefined);
    const events = Array.from({ length: 23 }, (_, n) => ({ event: "seen", customerId: `c-${n}` }));
    const { exitCode, json } = await answer(stack, ["send", "a.json"], { "a.json": events });
    expect(portions).toEqual([10, 10, 3]);
    expect([exitCode, json]).toEqual([
      1,
      {
        ok: false,
        sent: 22,
        problems: [
          {
            file: "a.json",
            path: "[17]",
            code: "not-taken",
            message: "The bus rejected it: try later (Throttled). Send it again.",
          },
        ],
      },
    ]);
    expect((await command(stack, ["send", "a.json"], { "a.json": events })).out).toContain(
      "22 events sent, 1 problem.",
    );
  });

  test("sends nothing and connects to no stack when a file has a problem: exit code 1", async () => {
    const stack = await shop();
    const { exitCode } = await command(stack, ["send", "a.json"], { "a.json": [order, { event: "seen" }] });
    expect([exitCode, stack.did]).toEqual([1, []]);
  });
});

describe("watch", () => {
  /** Eve buys after three seconds. */
  async function about() {
    const stack = await shop();
    const at = new Date(Date.parse(stack.world.clock.now()) + 3_000).toISOString();
    stack.world.clock.plan(at, "world", () => stack.publish("order.placed", { customerId: "eve" }, "shop"));
    return stack;
  }

  test("prints the current counts, then a line for each reading with changes, and ends by itself", async () => {
    const stack = await about();
    const before = Date.parse(stack.world.clock.now());
    const { exitCode, out } = await command(stack, ["watch", "cart", "--for", "PT9S", "--every", "PT2S"]);
    const [first, news, ...more] = out.split("\n");
    expect(first).toBe("cart: 1 customer inside, 3 entered in total. Times are UTC. Ctrl-C ends the command.");
    expect(news).toMatch(/^10:00:\d\d {2}was-read → exited \+1 \(2\) · goal sale \+1 \(2\) · exited \+1 \(2\)/);
    expect([exitCode, more]).toEqual([0, []]);
    expect(Date.parse(stack.world.clock.now()) - before).toBe(9_000);
  });

  test("--json prints one document per line, the current counts first, and nothing for a reading without changes", async () => {
    const stack = await about();
    const { exitCode, out } = await command(stack, ["watch", "cart", "--json", "--for", "PT9S", "--every", "PT1S"]);
    const lines = out.split("\n").map((line) => JSON.parse(line));
    expect([exitCode, lines.length]).toEqual([0, 2]);
    expect(lines[0]).toMatchObject({ counts: { entered: 3, active: 1 } });
    expect(lines[1].changes).toContainEqual({ name: "exited.bought", by: 1, now: 2 });
    expect(lines[1].counts.active).toBeUndefined();
    expect(Date.parse(lines[1].at) - Date.parse(lines[0].at)).toBe(3_000);
  });

  test("names the customers who enter", async () => {
    const stack = await shop();
    const at = new Date(Date.parse(stack.world.clock.now()) + 3_000).toISOString();
    const entering = { customerId: "fay", data: { total: 59 }, customer: { email: "fay@mail.example", country: "DE" } };
    stack.world.clock.plan(at, "world", () => stack.publish("checkout.started", entering, "shop"));
    const { out } = await command(stack, ["watch", "cart", "--for", "PT9S"]);
    expect(out).toMatch(/^10:00:\d\d {2}in: fay · entered \+1 \(4\)/m);
  });

  test("reads every two seconds by default, or as often as --every says", async () => {
    const stack = await shop();
    let looks = -1;
    const { counts } = stack;
    stack.counts = (id) => {
      looks++;
      return counts.call(stack, id);
    };
    await command(stack, ["watch", "cart", "--for", "PT10S"]);
    expect(looks).toBe(5);
  });

  test("an interruption ends it with exit code 0, and its signal handlers are removed", async () => {
    const stack = await shop();
    const listening = process.listenerCount("SIGINT");
    const during: number[] = [];
    const sleep = async (_: number, signal?: AbortSignal) => {
      during.push(process.listenerCount("SIGINT"));
      expect(signal?.aborted).toBe(false);
      throw new Error("Aborted.");
    };
    const { exitCode } = await ran(["watch", "cart", "--stack", "Shop"], {}, { ...around(stack), sleep });
    expect([exitCode, during, process.listenerCount("SIGINT")]).toEqual([0, [listening + 1], listening]);
  });

  test("says that a journey was deleted, before and while it runs", async () => {
    const stack = await shop();
    await happens(stack, "order.placed", { customerId: "eve", id: "order-eve" });
    const at = new Date(Date.parse(stack.world.clock.now()) + 3_000).toISOString();
    stack.world.clock.plan(at, "world", async () => {
      await command(stack, ["delete", "cart"]);
    });
    const during = await command(stack, ["watch", "cart", "--for", "PT1H"]);
    expect([during.exitCode, during.err]).toEqual([0, 'The journey "cart" was deleted.']);
    const after = await command(stack, ["watch", "cart", "--for", "PT1H"]);
    expect([after.exitCode, after.err]).toEqual([2, expect.stringContaining('The journey "cart" was deleted')]);
  });

  test("works for a journey whose document was deleted while a customer is inside", async () => {
    const stack = await shop();
    stack.remove("cart");
    await happens(stack, "seen", { customerId: "eve" });
    expect((await command(stack, ["watch", "cart", "--for", "PT1S"])).exitCode).toBe(0);
  });

  test.each([
    ["--for", "1m"],
    ["--every", "PT0S"],
  ])("%s %s: exit code 2", async (option, value) => {
    const { exitCode, err } = await command(await shop(), ["watch", "cart", option, value]);
    expect([exitCode, err]).toEqual([2, `${option} takes a duration, such as PT1M, not "${value}".`]);
  });
});
