/** `journeys migrate --map`: components that have another id in the new version. */
import { expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { cart, save, shop } from "../shop.ts";

const { remind, ...others } = cart.components;

/** The reminder has another id. */
const renamedStart = {
  ...cart,
  start: "reminder",
  components: {
    reminder: remind,
    ...others,
    "was-read": { ...others["was-read"], message: "reminder" },
    cold: { type: "sendTemplate", template: "hello" },
  },
};
const eve = async (stack: Awaited<ReturnType<typeof shop>>) => (await stack.world.store.enrollments("eve"))[0];
const mails = async (stack: Awaited<ReturnType<typeof shop>>) =>
  (await eve(stack))?.messages.map(({ componentId, state }) => `${componentId} ${state}`);

test("with --map: the message and the counts have the new id, and the rule finds the message", async () => {
  const stack = await shop();
  await save(stack, renamedStart);
  const without = await answer(stack, ["migrate", "cart", "--to", "2"]);
  expect(without.json).toMatchObject({
    moved: 0,
    notMoved: [{ reason: "would-skip-message", componentId: "reminder" }],
  });
  await command(stack, ["migrate", "cart", "--to", "2", "--map", "remind=reminder", "--yes"]);
  expect(await mails(stack)).toEqual(["reminder sent"]);
  expect(await stack.counts("cart")).toMatchObject({
    "component.remind.entered": 2,
    "component.reminder.entered": 1,
    "message.remind.sent": 2,
    "message.reminder.sent": 1,
  });
  expect((await answer(stack, ["recount", "cart"])).json).toMatchObject({ ok: true, differences: [] });
  await stack.pass(31 * 86_400_000);
  expect(await mails(stack)).toEqual(["reminder sent", "cold sent"]);
});

test("with --map of an id that no other version has: wrong usage, and nobody moves", async () => {
  const stack = await shop();
  await save(stack, renamedStart);
  const { exitCode, err } = await command(stack, ["migrate", "cart", "--to", "2", "--map", "remnid=reminder", "--yes"]);
  expect([exitCode, err]).toEqual([
    2,
    expect.stringContaining('no other version of "cart" has a component "remnid". Did you mean "remind"?'),
  ]);
  expect((await eve(stack))?.journeyVersion).toBe(1);
  // The new version has this id, the old ones do not.
  const swapped = await command(stack, ["migrate", "cart", "--to", "2", "--map", "reminder=reminder", "--yes"]);
  expect([swapped.exitCode, swapped.err]).toEqual([2, expect.stringContaining('has a component "reminder"')]);
});

test("with --map while `watch` runs: the counts are told as moved, none as lost", async () => {
  const stack = await shop();
  await save(stack, renamedStart);
  const at = new Date(Date.parse(stack.world.clock.now()) + 3_000).toISOString();
  stack.world.clock.plan(at, "world", async () => {
    await command(stack, ["migrate", "cart", "--to", "2", "--map", "remind=reminder", "--yes"]);
  });
  const { out } = await command(stack, ["watch", "cart", "--for", "PT9S"]);
  expect(out).toContain("at remind → at reminder: 1 moved");
  expect(out).toContain("remind sent → reminder sent: 1 moved");
  expect(out).not.toContain("−");
});
