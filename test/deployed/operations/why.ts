/** `why`: the reasons why a customer did or did not enter. */
import { describe, expect, test } from "vitest";
import type { Item } from "../../../stack/deployed/stack.ts";
import { until } from "../waiting.ts";
import { checkout, json, run } from "./shop.ts";

export function describeWhy(): void {
  describe("why", () => {
    test.each([
      [
        "cyd",
        "audience-false",
        'customer.country is "FR", wanted is one of "DE", "AT" (by the data that is stored now).',
      ],
      ["dan", "where-false", "event.total is 5, it must be more than 20 (by the data that is stored now)."],
    ])("%s did not enter: %s", async (who, reason, because) => {
      const { exitCode, answer } = await json("why", who, "cart");
      expect(exitCode).toBe(0);
      expect(answer.attempts).toMatchObject([
        { entered: false, event: "checkout.started", eventId: `checkout-${who}`, reason, because },
      ]);
      expect(answer.now).toMatchObject({ enters: false, reason });
    });

    test("what has changed since is told", async () => {
      await checkout("eve", 59, { country: "FR" });
      await until("the reason", async () =>
        (await run.stack.customer("eve")).some(({ sk }) => String(sk).startsWith("reason#")),
      );
      await run.stack.publish("customer.updated", { customerId: "eve", customer: { country: "AT" } });
      await until("the change", async () => {
        const profile = await run.stack.get("CustomersTableName", { customerId: "eve", sk: "profile" });
        return (profile?.attributes as Item | undefined)?.country === "AT";
      });
      const { out } = await run.journeys("why", "eve", "cart");
      expect(out).toContain("By the data that is stored now, the condition is met");
      expect(out).toContain("With the newest checkout.started now, the customer would enter.");
    });

    test("who has entered did so by an event, once", async () => {
      await run.stack.publish("checkout.started", { customerId: "ada", id: "again", data: { total: 59 } });
      await until("the reason", async () =>
        (await run.stack.customer("ada")).some(({ sk }) => String(sk).startsWith("reason#")),
      );
      const { out } = await run.journeys("why", "ada", "cart");
      expect(out).toMatch(/entered version 1 on checkout\.started \(checkout-ada\): completed/);
      expect(out).toMatch(/entry-limit: A customer may enter only once\. The customer has entered 1×, last on /);
    });

    test("nothing known: exit code 1; a journey that does not exist: exit code 2 and its likely name", async () => {
      expect((await run.journeys("why", "nobody", "cart")).exitCode).toBe(1);
      const { exitCode, err } = await run.journeys("why", "ada", "carts");
      expect([exitCode, err]).toEqual([2, 'There is no journey "carts" in the stack. Did you mean "cart"?\n']);
    });
  });
}
