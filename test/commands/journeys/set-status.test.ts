/** `pause`, `resume` and `stop`: their saves, their waits and their exit codes. */
import { describe, expect, test } from "vitest";
import { newBreaker } from "../../../lambdas/domain/counters/breaker.ts";
import { answer, command } from "../on-stack.ts";
import { cart, checkout, save, shop } from "../shop.ts";

const confirmed = (verb: string) => [verb, "cart", ...(verb === "stop" ? ["--yes"] : [])];

test("pause saves only the status and waits for the outcome; no customer enters, customers inside continue", async () => {
  const stack = await shop();
  const { exitCode, out, did } = await command(stack, ["pause", "cart"]);
  expect(did).toEqual(["save cart", "wait for cart"]);
  expect([exitCode, out]).toEqual([0, "✓ cart is paused. No customer enters any more; 1 customer inside continues."]);
  expect(await stack.journey("cart")).toMatchObject({ status: "paused", start: "remind", publication: { version: 1 } });
  await checkout(stack, "fay");
  expect(await stack.counts("cart")).toMatchObject({ active: 1, entered: 3 });
});

test.each(["pause", "resume"])("%s of a journey that already has the status saves nothing", async (verb) => {
  const stack = await shop();
  await command(stack, [verb, "cart"]);
  const { exitCode, out, did } = await command(stack, [verb, "cart"]);
  expect([exitCode, out, did]).toEqual([0, expect.stringContaining(" already. "), []]);
  expect((await answer(stack, [verb, "cart"])).json).toMatchObject({ state: "unchanged", version: 1 });
});

describe("resume", () => {
  const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;
  const holding = async () => {
    const stack = await shop();
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    return stack;
  };

  test("--breaker closes the circuit breaker, and leaves the status as it is", async () => {
    const stack = await holding();
    await command(stack, ["pause", "cart"]);
    const { exitCode, json, did } = await answer(stack, ["resume", "cart", "--breaker"]);
    expect([exitCode, json, did]).toEqual([0, { ok: true, journeyId: "cart", held }, []]);
    expect(await stack.held("cart")).toBeUndefined();
    expect(await stack.journey("cart")).toMatchObject({ status: "paused" });
    expect((await answer(stack, ["resume", "cart", "--breaker"])).json).toEqual({ ok: true, journeyId: "cart" });
    const { out } = await command(await holding(), ["resume", "cart", "--breaker"]);
    expect(out).toContain("is closed. It was open since 2026-01-05T10:00:00.000Z");
    expect((await command(stack, ["resume", "nothing", "--breaker"])).exitCode).toBe(2);
  });

  test.each(["pause", "stop", "hold", "resume"])("%s does not", async (verb) => {
    const stack = await holding();
    await command(stack, confirmed(verb));
    expect(await stack.held("cart")).toEqual(held);
  });
});

describe("hold", () => {
  test("resume of a journey that was paused before does not say that customers enter", async () => {
    const stack = await shop();
    for (const verb of ["pause", "hold"]) await command(stack, [verb, "cart"]);
    const { out } = await command(stack, ["resume", "cart"]);
    expect(out).toBe("✓ cart is paused. No customer enters any more; 1 customer inside continues.");
  });

  test.each(["active", "paused"])("and resume restore the status %s", async (status) => {
    const stack = await shop();
    if (status === "paused") await command(stack, ["pause", "cart"]);
    const { exitCode, out, did } = await command(stack, ["hold", "cart"]);
    expect(did).toEqual(["save cart", "wait for cart"]);
    expect([exitCode, out]).toEqual([
      0,
      "✓ cart is held. No customer enters, and 1 customer inside stays where they are.",
    ]);
    await checkout(stack, "fay");
    expect(await stack.counts("cart")).toMatchObject({ active: 1 });
    const { json } = await answer(stack, ["resume", "cart"]);
    expect(json).toMatchObject({ status, state: "published", version: 1 });
    expect((await stack.ports.journeys.live("cart"))?.journey.status).toBe(status);
  });
});

test.each([
  ["pause", "paused"],
  ["hold", "held"],
  ["stop", "stopped"],
])("%s applies to the live version although the last edit was rejected: exit code 0", async (verb, status) => {
  const stack = await shop();
  await save(stack, { ...cart, start: "nowhere" });
  const { exitCode, out } = await command(stack, confirmed(verb));
  expect([exitCode, out]).toEqual([0, expect.stringContaining("The rest of the document is still rejected")]);
  expect((await stack.ports.journeys.live("cart"))?.journey).toMatchObject({ status, start: "remind" });
  expect(await stack.journey("cart")).toMatchObject({ status, start: "nowhere" });
});

describe("stop asks before it takes customers out", () => {
  const asking = async (asked: readonly string[], ...answers: (boolean | undefined)[]) => {
    const stack = await shop();
    const questions: string[] = [];
    const ran = await command(stack, ["stop", "cart", ...asked], {}, async (question) => {
      questions.push(question);
      return answers.shift();
    });
    return { ...ran, questions, inside: (await stack.counts("cart")).active ?? 0 };
  };
  const question = "1 customer is inside cart and will exit. This cannot be undone. Stop cart? [y/N] ";

  test("yes stops it", async () => {
    const { exitCode, questions, inside } = await asking([], true);
    expect([exitCode, questions, inside]).toEqual([0, [question], 0]);
  });

  test("any other answer changes nothing: exit code 1", async () => {
    const { exitCode, out, did, questions, inside } = await asking([], false);
    expect([exitCode, questions, inside]).toEqual([1, [question], 1]);
    expect([out, did]).toEqual(["Nothing was changed.", []]);
  });

  test("without a terminal it changes nothing, and says what to do: exit code 2", async () => {
    const { exitCode, out, err, did, inside } = await asking([], undefined);
    expect([exitCode, out, did, inside]).toEqual([2, "", [], 1]);
    expect(err).toBe(
      "1 customer is inside cart and will exit. This cannot be undone. Add --yes to confirm. To keep the customers, use journeys hold cart.",
    );
  });

  test.each([[["--yes"]], [["--yes", "--json"]]])("%j does not ask", async (options) => {
    const { exitCode, questions, inside } = await asking(options);
    expect([exitCode, questions, inside]).toEqual([0, [], 0]);
  });

  test("--json does not ask either, so that it prints JSON only: exit code 2", async () => {
    const { exitCode, out, questions, inside } = await asking(["--json"], true);
    expect([exitCode, JSON.parse(out).ok, questions, inside]).toEqual([2, false, [], 1]);
  });

  test("a journey that no customer is in is stopped without a question", async () => {
    const stack = await shop();
    await command(stack, ["stop", "cart", "--yes"]);
    await save(stack, cart);
    expect((await command(stack, ["stop", "cart"])).exitCode).toBe(0);
  });
});

describe("stop", () => {
  test("waits until no customer is inside, and prints the number still inside", async () => {
    const stack = await shop();
    await checkout(stack, "fay");
    stack.slowStop = 3;
    const { exitCode, out, err, did } = await command(stack, ["stop", "cart", "--yes"]);
    expect(did).toEqual(["save cart", "wait for cart"]);
    expect(err).toBe("2 customers still inside…");
    expect(out).toBe(
      "✓ cart is stopped. No customer enters any more; 2 customers inside exit.\n  No customer is inside any more.",
    );
    expect(exitCode).toBe(0);
    expect(await stack.counts("cart")).toMatchObject({ exited: 3, "exited.journey-stopped": 2 });
  });

  test("--no-wait does not wait", async () => {
    const stack = await shop();
    stack.slowStop = 3;
    const { exitCode, out, err } = await command(stack, ["stop", "cart", "--yes", "--no-wait"]);
    expect([exitCode, out, err]).toEqual([
      0,
      "✓ cart is stopped. No customer enters any more; 1 customer inside exits.",
      "",
    ]);
    expect(await stack.counts("cart")).toMatchObject({ active: 1 });
  });

  test("gives up after 15 minutes: exit code 1", async () => {
    const stack = await shop();
    stack.slowStop = Number.POSITIVE_INFINITY;
    const before = Date.parse(stack.world.clock.now());
    const { exitCode, json } = await answer(stack, ["stop", "cart", "--yes"]);
    expect([exitCode, json.inside, json.insideNow]).toEqual([1, 1, 1]);
    const waited = Date.parse(stack.world.clock.now()) - before;
    expect(waited / 60_000).toBeCloseTo(15, 0);
    const { out } = await command(await slow(), ["stop", "cart", "--yes"]);
    expect(out).toContain("1 customer still inside. The stack continues; journeys show cart shows the progress.");
  });

  async function slow() {
    const stack = await shop();
    stack.slowStop = Number.POSITIVE_INFINITY;
    return stack;
  }

  test("stops again while a customer is inside a journey that is already stopped", async () => {
    const stack = await slow();
    await command(stack, ["stop", "cart", "--yes", "--no-wait"]);
    stack.slowStop = 0;
    const { exitCode, did } = await command(stack, ["stop", "cart", "--yes"]);
    expect([exitCode, did]).toEqual([0, ["save cart", "wait for cart"]]);
    expect((await command(stack, ["stop", "cart", "--yes"])).did).toEqual([]);
  });

  test("does not wait for customers when the stack does not answer: exit code 1", async () => {
    const stack = await shop();
    stack.answers = false;
    const before = Date.parse(stack.world.clock.now());
    const { exitCode, out } = await command(stack, ["stop", "cart", "--yes"]);
    expect([exitCode, out]).toEqual([1, expect.stringContaining("is saved; the stack has not answered")]);
    expect(Date.parse(stack.world.clock.now()) - before).toBeLessThan(2_000);
  });
});

test("resume of a journey whose last edit was refused says what to do: exit code 2, nothing is saved", async () => {
  const stack = await shop();
  await save(stack, { ...cart, start: "nowhere" });
  const { exitCode, out, err, did } = await command(stack, ["resume", "cart"]);
  expect([exitCode, out, did]).toEqual([2, "", []]);
  expect(err).toContain("journeys resume cart --live");
});

describe.each(["pause", "resume", "stop"])("%s", (verb) => {
  test("--live takes the version that is live in place of the refused edit", async () => {
    const stack = await shop();
    await save(stack, { ...cart, start: "nowhere" });
    const { exitCode, json } = await answer(stack, [...confirmed(verb), "--live"]);
    const status = { pause: "paused", resume: "active", stop: "stopped" }[verb];
    expect([exitCode, json]).toMatchObject([0, { status, state: "published", version: 1 }]);
    expect(await stack.journey("cart")).toMatchObject({ status, start: "remind" });
  });

  test("of a journey that was never live: exit code 2", async () => {
    const stack = await shop();
    await save(stack, { ...cart, id: "sketch", status: "draft" });
    await save(stack, { ...cart, id: "bad", start: "nowhere" });
    const draft = await command(stack, [verb, "sketch"]);
    expect([draft.exitCode, draft.err]).toEqual([2, expect.stringContaining("journeys publish FILE")]);
    const bad = await command(stack, [verb, "bad", "--live"]);
    expect([bad.exitCode, bad.err]).toEqual([2, expect.stringContaining(`there is nothing to ${verb}`)]);
  });

  test("over an edit that another person saves at the same time: conflict, exit code 1, that edit stays", async () => {
    const stack = await shop();
    if (verb === "resume") await command(stack, ["pause", "cart"]);
    const { replaceStatus } = stack;
    stack.replaceStatus = async (before, status) => {
      await save(stack, { ...cart, name: "Theirs", status: "active" });
      return replaceStatus.call(stack, before, status);
    };
    const { exitCode, json } = await answer(stack, confirmed(verb));
    expect([exitCode, json.state]).toEqual([1, "conflict"]);
    expect(await stack.journey("cart")).toMatchObject({ name: "Theirs", status: "active" });
  });
});
