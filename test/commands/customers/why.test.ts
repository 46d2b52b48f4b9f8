/** `why`: why a customer entered a journey, or did not. */
import { describe, expect, test } from "vitest";
import { answer, command } from "../on-stack.ts";
import { cart, save, shop } from "../shop.ts";
import { stubborn } from "./stubborn.ts";

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
    expect(out).toContain("… 5 earlier attempts; --json has all.");
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
