/** The commands about customers: their output, their order and their exit codes. */
import { describe, expect, test } from "vitest";
import { remains } from "../../cli/erase/remains.ts";
import { enrollmentKey } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { handleDeliveryReport } from "../../lambdas/app/messages/handle-delivery-report.ts";
import { answer, command } from "./on-stack.ts";
import { cart, checkout, happens, save, shop } from "./shop.ts";

const longer = {
  ...cart,
  components: {
    ...cart.components,
    cold: { type: "addTag", tags: ["cold"], next: "gift" },
    gift: { type: "addTag", tags: ["gift"] },
  },
};

/** Dan starts 25 checkouts with a cart that is too small. */
async function stubborn() {
  const stack = await shop();
  for (let n = 1; n < 25; n++)
    await happens(stack, "checkout.started", { id: `try-${n}`, customerId: "dan", data: { total: n / 2 } });
  return stack;
}

describe("customer", () => {
  test("shows attributes, each enrollment step by step, messages with their reports, and the execution", async () => {
    const { exitCode, out } = await command(await shop(), ["customer", "ada"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/country +"DE" +2026-01-05 10:00:01/);
    expect(out).toMatch(/cart v1: entered 2026-01-05 10:00:01 on checkout\.started, completed 2026-01-05 10:00:07/);
    expect(out).toMatch(/remind +Send template +done +hello sent, delivered 2026-01-05 10:00:06, read 2026-01-05/);
    expect(out).toMatch(/was-read +Message status rule +met +remind read = "2026-01-05T10:00:07\.000Z"/);
    expect(out).toContain(
      "eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/arn",
    );
  });

  test("shows reasons as text, and the goals that the customer reached", async () => {
    const stack = await shop();
    expect((await command(stack, ["customer", "cyd"])).out).toContain("not in the audience (audience-false)");
    expect((await command(stack, ["customer", "ben"])).out).toMatch(/★ sale reached 2026-01-05/);
  });

  test("never shows the task token", async () => {
    const stack = await shop();
    const items = await stack.customer("eve");
    const token = JSON.stringify(items.find(({ sk }) => String(sk).startsWith(enrollmentKey("")))).match(
      /token-\d+/,
    )?.[0];
    expect(token).toBeDefined();
    const { out } = await answer(stack, ["customer", "eve"]);
    expect(out).toContain('"waiting"');
    expect(out).not.toContain(token);
    expect((await command(stack, ["customer", "eve"])).out).not.toContain(token);
  });

  test("shows the newest 20 reasons and events, in order of time; --json has all", async () => {
    const stack = await stubborn();
    const { out } = await command(stack, ["customer", "dan"]);
    const [reasons = "", events = ""] = out.split("Events (");
    expect(reasons).toContain("Did not enter (the newest 20 of 25; --json has all)");
    expect(reasons.match(/where-false/g)).toHaveLength(20);
    expect(events).toMatch(/^the newest 20 of 25; --json has all\)/);
    expect(events.match(/try-\d+/g)).toEqual(Array.from({ length: 20 }, (_, n) => `try-${n + 5}`));
    const times = [...reasons.matchAll(/2026-01-05 [\d:]+ +cart/g)].map(([line]) => line);
    expect(times).toEqual(times.toSorted());
    const { json } = await answer(stack, ["customer", "dan"]);
    const newest = json.reasons.slice(-20).map(({ at }: { at: string }) => at.slice(0, 19).replace("T", " "));
    expect(times.map((line) => line.replace(/ +cart$/, ""))).toEqual(newest);
    expect([json.reasons.length, json.events.length]).toEqual([25, 25]);
    expect(json.reasons.at(-1).eventId).toBe("try-24");
  });

  test("prints a sentence for a customer without stored data: exit code 1", async () => {
    const { exitCode, out, err } = await command(await shop(), ["customer", "Ada"]);
    expect([exitCode, out, err]).toEqual([1, "", expect.stringContaining('Nothing is stored about a customer "Ada"')]);
  });
});

describe("why", () => {
  test.each([
    [
      "cyd",
      "audience-false",
      'customer.country is "FR", wanted is one of "DE", "AT" (by the data that is stored now).',
    ],
    ["dan", "where-false", "event.total is 5, it must be more than 20 (by the data that is stored now)."],
  ])("%s did not enter: %s", async (who, reason, because) => {
    const stack = await shop();
    const { exitCode, json } = await answer(stack, ["why", who, "cart"]);
    expect([exitCode, json.attempts]).toMatchObject([
      0,
      [{ entered: false, eventId: `checkout-${who}`, reason, because }],
    ]);
    expect(json.now).toMatchObject({ enters: false, reason });
    const { out } = await command(stack, ["why", who, "cart"]);
    expect(out).toContain(`did not enter on checkout.started (checkout-${who})\n      ${reason}: ${because}`);
  });

  test("shows the newest 20 entry attempts and the number of earlier ones", async () => {
    const { out } = await command(await stubborn(), ["why", "dan", "cart"]);
    expect(out).toContain("… 5 earlier ones; --json has all.");
    expect(out.match(/\(try-\d+\)/g)).toEqual(Array.from({ length: 20 }, (_, n) => `(try-${n + 5})`));
    expect(out).not.toContain("(checkout-dan)");
  });

  test("evaluates the newest event now, by the stack's clock", async () => {
    const stack = await shop();
    await save(stack, { ...cart, trigger: { ...cart.trigger, where: undefined } });
    const { json } = await answer(stack, ["why", "dan", "cart"]);
    expect(json.now).toEqual({ enters: true });
    expect((await command(stack, ["why", "dan", "cart"])).out).toContain(
      "With the newest checkout.started now, the customer would enter.",
    );
  });

  test("names an event that came before the journey was live: exit code 1", async () => {
    const stack = await shop();
    await save(stack, { ...cart, id: "late", trigger: { event: "order.placed" } });
    const { exitCode, json, out } = await answer(stack, ["why", "ben", "late"]);
    expect([exitCode, json.unanswered]).toMatchObject([1, [{ eventId: "order-ben" }]]);
    expect(out).not.toContain("checkout-ben");
    expect((await command(stack, ["why", "ben", "late"])).out).toContain(
      "(order-ben) left no reason: this event was not the journey's trigger then",
    );
  });

  test("suggests what to check for an unknown customer: exit code 1", async () => {
    const { exitCode, out } = await command(await shop(), ["why", "nobody", "cart"]);
    expect([exitCode, out]).toEqual([1, expect.stringContaining("journeys redrive --list")]);
  });
});

describe("stats", () => {
  test("counts the messages that an app sends, before and after its report, under the names of the components", async () => {
    const stack = await shop();
    stack.put({ id: "ping", channel: "event", class: "marketing", text: "Hi" });
    const components = { ping: { type: "sendTemplate", template: "ping", name: "Push message" } };
    await save(stack, { ...cart, id: "push", components, start: "ping", exit: [], goals: [] });
    await checkout(stack, "fay");
    const requested = async () => (await answer(stack, ["stats", "push"])).json.messages;
    expect(await requested()).toMatchObject([{ name: "Push message", requested: 1, sent: 0 }]);
    const enrollments = await stack.world.store.enrollments("fay");
    const messageId = enrollments
      .flatMap(({ messages }) => messages)
      .find(({ channel }) => channel === "event")?.messageId;
    const time = stack.world.clock.now();
    await handleDeliveryReport(
      { customerId: "fay", messageId: String(messageId), status: "delivered", time, byApp: true },
      stack.world.ports,
    );
    expect(await requested()).toMatchObject([{ requested: 1, sent: 1, statuses: { delivered: 1 } }]);
    const { out } = await command(stack, ["stats", "push"]);
    expect(out).toMatch(/message +requested +sent +skipped/);
    expect(out).toMatch(/Push message +1 +1 +0 +1 \(100 %\)/);
    expect((await command(stack, ["stats", "cart"])).out).not.toContain("requested");
  });

  test("are a funnel: entries, customers at each component, messages and goals", async () => {
    const stack = await shop();
    const { exitCode, json } = await answer(stack, ["stats", "cart"]);
    expect([exitCode, json]).toMatchObject([
      0,
      { entered: 3, active: 1, completed: 1, exited: { total: 1, reasons: { bought: 1 } }, failed: { total: 0 } },
    ]);
    expect(json.components[1]).toMatchObject({
      componentId: "was-read",
      here: 1,
      left: { met: 1, notMet: 0, exited: 1 },
    });
    expect(json.messages[0].statuses).toEqual({
      delivered: 1,
      read: 1,
      clicked: 0,
      replied: 0,
      bounced: 0,
      complained: 0,
      failed: 0,
    });
    const { out } = await command(stack, ["stats", "cart"]);
    expect(out).toMatch(/^Cart \(cart\), version 1, active$/m);
    expect(out).toContain("3 entered: 1 inside, 1 completed, 1 exited (bought 1), 0 failed.");
    expect(out).toMatch(/sale +1 +33\.3 %/);
  });

  test("--version counts only the customers who entered with this version, from their logs", async () => {
    const stack = await shop();
    await save(stack, longer);
    await checkout(stack, "fay");
    const first = await answer(stack, ["stats", "cart", "--version", "1"]);
    expect(first.json).toMatchObject({ version: 1, entered: 3, active: 1, goals: [{ reached: 1, medianSeconds: 6 }] });
    const second = await answer(stack, ["stats", "cart", "--version", "v2"]);
    expect(second.json).toMatchObject({ version: 2, entered: 1, active: 1, goals: [{ reached: 0 }] });
    expect(second.json.components.map(({ componentId }: { componentId: string }) => componentId)).toContain("gift");
    expect((await command(stack, ["stats", "cart", "--version", "1"])).out).toContain(
      "sale: half of the customers reached it within 6 s of entering.",
    );
    expect((await answer(stack, ["stats", "cart"])).json).toMatchObject({ version: 2, entered: 4 });
  });

  test("refuse a version that does not exist: exit code 2", async () => {
    const { exitCode, err } = await command(await shop(), ["stats", "cart", "--version", "7"]);
    expect([exitCode, err]).toEqual([2, 'The journey "cart" has no version 7. The newest is 1.']);
  });
});

describe("draw", () => {
  test("draws the live version; --customer draws the version that the customer entered with", async () => {
    const stack = await shop();
    await save(stack, longer);
    const live = await command(stack, ["draw", "cart"]);
    expect([live.exitCode, live.out]).toEqual([0, expect.stringContaining("c_gift")]);
    const theirs = await command(stack, ["draw", "cart", "--customer", "ada"]);
    expect([theirs.exitCode, theirs.out]).toEqual([0, expect.not.stringContaining("c_gift")]);
    expect(theirs.out).toMatch(/^ {2}class (.+) pale$/m);
    expect(theirs.out).toContain("met<br/>remind read = ");
    expect(theirs.out).toContain("accTitle: Cart ada");
  });

  test("draws a file with the customer's path through the journey with the same id", async () => {
    const { exitCode, out } = await command(await shop(), ["draw", "c.json", "--customer", "ben"], { "c.json": cart });
    expect([exitCode, out]).toEqual([0, expect.stringContaining("accTitle: Cart ben")]);
  });

  test("draws the newest enrollment, or the enrollment that --enrollment names", async () => {
    const stack = await shop();
    await save(stack, { ...longer, trigger: { ...cart.trigger, entry: "always" } });
    const [first] = await stack.world.store.enrollments("ada");
    await happens(stack, "checkout.started", { id: "again", customerId: "ada", data: { total: 70 } });
    expect((await command(stack, ["draw", "cart", "--customer", "ada"])).out).toContain("c_gift");
    const named = await command(stack, [
      "draw",
      "cart",
      "--customer",
      "ada",
      "--enrollment",
      first?.enrollmentId ?? "",
    ]);
    expect([named.exitCode, named.out]).toEqual([0, expect.not.stringContaining("c_gift")]);
  });

  test.each([
    ["who was never in the journey", ["draw", "cart", "--customer", "cyd"], /journeys why cyd cart shows why/],
    ["with another passage", ["draw", "cart", "--customer", "ada", "--enrollment", "x"], /no enrollment "x" in "cart"/],
  ])("of a customer %s: exit code 2", async (_, args, sentence) => {
    const { exitCode, out, err } = await command(await shop(), args);
    expect([exitCode, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
  });
});

describe("render", () => {
  test("renders the message that a customer of the stack would get", async () => {
    const stack = await shop();
    const { exitCode, out } = await command(stack, ["render", "hello", "--customer", "ada", "--journey", "cart"]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("To: ada@mail.example\nSubject: Hello ada")]);
    const unknown = await command(stack, ["render", "hello", "--customer", "nobody", "--journey", "cart"]);
    expect([unknown.exitCode, unknown.err]).toEqual([2, expect.stringContaining('no customer "nobody"')]);
    const typo = await command(stack, ["render", "helo", "--customer", "ada"]);
    expect([typo.exitCode, typo.err]).toEqual([2, expect.stringContaining('Did you mean "hello"?')]);
  });
});

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

  test("--everywhere finds other customers' items that contain the customer's id or address", async () => {
    const stack = await shop();
    await happens(stack, "invited", { customerId: "hal", id: "by-id", data: { by: "gus" } });
    await happens(stack, "invited", { customerId: "ida", id: "by-address", data: { to: "gus@mail.example" } });
    await happens(stack, "invited", { customerId: "jon", id: "other", data: { by: "gus-tav" } });
    await checkout(stack, "gus", 5);
    const { exitCode, json } = await answer(stack, ["erase", "gus", "--yes", "--everywhere"]);
    expect(json.left.map(({ table, key }: Record<string, string>) => `${table} ${key}`)).toEqual([
      "customers hal event#by-id",
      "customers ida event#by-address",
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
