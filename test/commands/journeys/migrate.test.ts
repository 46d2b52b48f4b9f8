/** `journeys migrate`: who moves, who stays and why, and what the customers get afterwards. */
import { describe, expect, test } from "vitest";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import { handleDeliveryReport } from "../../../lambdas/app/messages/handle-delivery-report.ts";
import { withMethods } from "../../app/with-methods.ts";
import { answer, command } from "../on-stack.ts";
import { cart, checkout, happens, save, shop } from "../shop.ts";

const { remind } = cart.components;

/** After the reminder there is a last call, in place of the tag. */
const withLastCall = {
  ...cart,
  components: { ...cart.components, cold: { type: "sendTemplate", template: "hello" } },
};
/** A second mail comes before the wait, which Eve does not have. */
const withMore = {
  ...cart,
  components: { ...cart.components, remind: { ...remind, next: "more" }, more: { ...remind, next: "was-read" } },
};

const eve = async (stack: Awaited<ReturnType<typeof shop>>) => (await stack.world.store.enrollments("eve"))[0];
const mails = async (stack: Awaited<ReturnType<typeof shop>>) =>
  (await eve(stack))?.messages.map(({ componentId, state }) => `${componentId} ${state}`);

describe("the customers inside move", () => {
  test("first as a dry run, which changes nothing", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    const before = await eve(stack);
    const { out, exitCode } = await command(stack, ["migrate", "cart", "--to", "v2"]);
    expect([exitCode, out]).toEqual([
      0,
      "1 customer inside cart would move to version 2. Nothing was changed.\nRun the command again with --yes to move the customers.",
    ]);
    expect(await eve(stack)).toEqual(before);
  });

  test("with --yes: the wait goes on, nothing is sent twice, and the new version does the rest", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    const before = await eve(stack);
    const { json, exitCode } = await answer(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    expect([exitCode, json]).toEqual([
      0,
      {
        ok: true,
        journeyId: "cart",
        version: 2,
        dryRun: false,
        moved: 1,
        already: 0,
        notMoved: [],
        failed: [],
        isComplete: true,
      },
    ]);
    const after = await eve(stack);
    expect(after).toMatchObject({ journeyVersion: 2, position: before?.position, steps: before?.steps });
    await stack.pass(31 * 86_400_000);
    expect(await mails(stack)).toEqual(["remind sent", "cold sent"]);
    expect((await eve(stack))?.status).toBe("completed");
  });

  test("a signal still ends the wait", async () => {
    const stack = await shop();
    await save(stack, { ...cart, components: { ...cart.components, engaged: { type: "addTag", tags: ["hot"] } } });
    await command(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    const { messageId = "" } = (await eve(stack))?.messages[0] ?? {};
    const report = { customerId: "eve", messageId, status: "read", time: stack.world.clock.now() } as const;
    await handleDeliveryReport(report, stack.world.ports);
    await stack.pass(1000);
    expect((await stack.world.store.customer("eve")).tags).toEqual(["hot"]);
  });

  test("again: the customers who have moved are in the version already", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    await command(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    await checkout(stack, "fay");
    const { out } = await command(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    expect(out).toBe("✓ 0 customers inside cart moved to version 2.\n2 customers are in version 2 already.");
  });

  test("back to an older version", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    await checkout(stack, "fay");
    await answer(stack, ["migrate", "cart", "--to", "1", "--yes"]);
    expect((await stack.world.store.enrollments("fay"))[0]?.journeyVersion).toBe(1);
  });

  test("and `customer` says so", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    await command(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    const { out } = await command(stack, ["customer", "eve"]);
    expect(out).toMatch(/Cart · cart v2: .*\n(.*\n)*.*moved from version 1 to version 2 at 2026-/);
    for (const line of ["draw cart --customer eve", "why eve cart", "stats cart --version 2"])
      expect((await command(stack, line.split(" "))).exitCode).toBe(0);
    const captured = await command(stack, ["capture", "eve", "cart"]);
    expect([captured.exitCode, captured.out]).toEqual([1, expect.stringContaining("a test has one version")]);
  });
});

describe("a customer stays", () => {
  test("and is listed with the reason, and goes on in the old version", async () => {
    const stack = await shop();
    await save(stack, withMore);
    const { out, exitCode } = await command(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^✓ 0 customers inside cart moved to version 2\.\n1 customer stayed:\n/);
    expect(out).toMatch(/ eve +\S+ +1 {2}the new version would have sent "more" by now \(would-skip-message\)$/m);
    expect((await eve(stack))?.journeyVersion).toBe(1);
    await stack.pass(31 * 86_400_000);
    expect((await stack.world.store.customer("eve")).tags).toEqual(["cold"]);
  });

  test("when AWS throttles: the command says that it must be repeated", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    const { store } = stack.world.ports;
    const commit = () => Promise.reject(new ThrottledError("slow down"));
    Object.assign(stack.world.ports, { store: withMethods(store, { commit }) });
    const { json, exitCode, err } = await answer(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    expect([exitCode, json]).toEqual([1, expect.objectContaining({ ok: false, moved: 0, isComplete: false })]);
    expect(err).toBe("");
    const text = await command(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    expect(text.err).toContain("Run the command again: it continues with these customers.");
  });

  test("when their item cannot be stored: they are listed as failed, and the others move", async () => {
    const stack = await shop();
    await checkout(stack, "fay");
    await save(stack, withLastCall);
    const { store } = stack.world.ports;
    const commit: typeof store.commit = async (changes) => {
      if (changes.some((each) => each.kind === "enrollment" && each.enrollment.customerId === "eve"))
        throw new Error("too large");
      return store.commit(changes);
    };
    Object.assign(stack.world.ports, { store: withMethods(store, { commit }) });
    const { json, exitCode } = await answer(stack, ["migrate", "cart", "--to", "2", "--yes"]);
    expect([exitCode, json]).toEqual([
      1,
      expect.objectContaining({
        ok: false,
        moved: 1,
        failed: [expect.objectContaining({ customerId: "eve", message: "Error: too large" })],
      }),
    ]);
  });

  test("after an exit", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    await happens(stack, "order.placed", { customerId: "eve", id: "order-eve" });
    expect((await answer(stack, ["migrate", "cart", "--to", "2", "--yes"])).json).toMatchObject({
      moved: 0,
      notMoved: [],
    });
  });
});

describe("a wrong call", () => {
  test.each([
    [["migrate", "cart"], "Add --to VERSION. journeys show ID says which version is live."],
    [["migrate", "cart", "--to", "live"], '--to takes the number of a version, such as 3, not "live".'],
    [["migrate", "cart", "--to", "7"], 'The journey "cart" has no version 7. Version 1 is live.'],
    [["migrate", "cart", "--to", "1", "--map", "remind"], '--map takes OLD=NEW, two ids of components, not "remind".'],
    [
      ["migrate", "cart", "--to", "1", "--map", "remind=colt"],
      '--map remind=colt: version 1 has no component "colt". Did you mean "cold"?',
    ],
    [
      ["migrate", "cart", "--to", "1", "--map", "cold=__proto__"],
      '--map cold=__proto__: version 1 has no component "__proto__". Known: "remind", "was-read", "engaged", "cold".',
    ],
    [
      ["migrate", "cart", "--to", "1", "--map", "cold=constructor"],
      '--map cold=constructor: version 1 has no component "constructor". Known: "remind", "was-read", "engaged", "cold".',
    ],
    [
      ["migrate", "cart", "--to", "1", "--map", "a=cold", "b=cold"],
      "--map b=cold: one component cannot become two, and two cannot become one.",
    ],
  ])("%j", async (line, sentence) => {
    const { exitCode, err } = await command(await shop(), line);
    expect([exitCode, err]).toEqual([2, sentence]);
  });

  test("--map to an id that the old version has too: nobody moves", async () => {
    const stack = await shop();
    await save(stack, withLastCall);
    const { json } = await answer(stack, ["migrate", "cart", "--to", "2", "--map", "remind=cold"]);
    expect(json).toMatchObject({ moved: 0, notMoved: [{ reason: "id-taken", componentId: "cold" }] });
  });
});
