/** `delete`: it never deletes a journey that a customer is in, and never a save that it has not read. */
import { expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { cart, checkout, happens, save, shop } from "../shop.ts";

/** A shop whose journey has no customer inside. */
async function emptied() {
  const stack = await shop();
  await happens(stack, "order.placed", { customerId: "eve", id: "order-eve" });
  stack.did.length = 0;
  return stack;
}

test("refuses while customers are inside, says how many, and changes nothing: exit code 2", async () => {
  const stack = await shop();
  const { exitCode, out, err, did } = await command(stack, ["delete", "cart"]);
  expect([exitCode, out, did]).toEqual([2, "", []]);
  expect(err).toMatch(/^1 customer is inside "cart", so it is not deleted\. .*journeys stop cart/);
  const { json } = await answer(stack, ["delete", "cart"]);
  expect(json).toMatchObject({ ok: false, problems: [{ message: err }] });
});

test("also when the counters have lost the customer", async () => {
  const stack = await shop();
  await stack.ports.store.commit([{ kind: "counts", journeyId: "cart", counts: { active: -1 }, shardKey: "cart" }]);
  expect((await command(stack, ["delete", "cart"])).err).toContain("1 customer is inside");
});

test("pauses an active journey first, then deletes the document and the pointer; versions and logs stay", async () => {
  const stack = await emptied();
  const { exitCode, out, did } = await command(stack, ["delete", "cart"]);
  expect([exitCode, out]).toEqual([0, "✓ cart is deleted. Its 1 version and the logs of its customers stay."]);
  expect(did).toEqual(["save cart", "wait for cart", "delete cart", "delete the pointer of cart"]);
  expect((await command(stack, ["list"])).out).not.toContain("cart");
  expect(await stack.version("cart", 1)).toMatchObject({ id: "cart" });
  expect((await command(stack, ["customer", "ben"])).out).toContain("cart v1: entered");
  await checkout(stack, "fay");
  expect(await stack.counts("cart")).toMatchObject({ entered: 3 });
});

test.each(["pause", "hold", "stop"])("a journey after %s is not saved again", async (verb) => {
  const stack = await emptied();
  await command(stack, [verb, "cart"]);
  expect((await command(stack, ["delete", "cart"])).did).toEqual(["delete cart", "delete the pointer of cart"]);
});

test("waits until no function can use the status before, and refuses if a customer has entered meanwhile", async () => {
  const stack = await emptied();
  const { pass } = stack;
  let waited = 0;
  stack.pass = async (milliseconds) => {
    waited += milliseconds;
    if (milliseconds === 10_000) await stack.ports.store.commit([late]);
    return pass.call(stack, milliseconds);
  };
  const late = { kind: "counts", journeyId: "cart", counts: { active: 2 }, shardKey: "cart" } as const;
  const { exitCode, err } = await command(stack, ["delete", "cart"]);
  expect([exitCode, waited]).toEqual([2, 11_000]);
  expect(err).toMatch(/^2 customers are inside "cart".* It is paused now/);
  expect(await stack.journey("cart")).toMatchObject({ status: "paused" });
});

test("publishing the same id again continues with the next version", async () => {
  const stack = await emptied();
  await command(stack, ["delete", "cart"]);
  expect(await save(stack, { ...cart, start: "was-read" })).toMatchObject({ state: "rejected", version: 0 });
  const edited = { ...cart, components: { ...cart.components, cold: { type: "addTag", tags: ["frozen"] } } };
  expect(await save(stack, edited)).toMatchObject({ state: "published", version: 2 });
});

test("deletes a draft that was never live, a rejected save, and a journey whose document is missing", async () => {
  const stack = await emptied();
  await save(stack, { ...cart, id: "sketch", status: "draft" });
  const sketch = await answer(stack, ["delete", "sketch"]);
  expect([sketch.exitCode, sketch.json]).toEqual([0, { ok: true, journeyId: "sketch", versions: 0 }]);
  await save(stack, { ...cart, start: "nowhere" });
  expect((await command(stack, ["delete", "cart"])).exitCode).toBe(0);
  const other = await emptied();
  other.remove("cart");
  expect((await command(other, ["delete", "cart"])).exitCode).toBe(0);
  expect(await other.ports.journeys.live("cart")).toBeUndefined();
});

test("never deletes a save of another person: exit code 2", async () => {
  const stack = await emptied();
  const { deleteJourney } = stack;
  stack.deleteJourney = async (before) => {
    await save(stack, { ...cart, name: "Theirs" });
    return deleteJourney.call(stack, before);
  };
  const { exitCode, err } = await command(stack, ["delete", "cart"]);
  expect([exitCode, err]).toEqual([2, 'Another person has just saved "cart". journeys show cart shows it.']);
  expect(await stack.journey("cart")).toMatchObject({ name: "Theirs" });
});

test("an unknown id: exit code 2, with the nearest one", async () => {
  const { exitCode, err } = await command(await shop(), ["delete", "crat"]);
  expect([exitCode, err]).toEqual([2, expect.stringContaining('Did you mean "cart"?')]);
});
