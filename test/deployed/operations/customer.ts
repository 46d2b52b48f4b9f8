/** `customer` and `draw --customer`: the whole way of one customer. */
import { describe, expect, test } from "vitest";
import type { Item } from "../../../stack/deployed/stack.ts";
import { until } from "../waiting.ts";
import { checkout, is, json, run, waits } from "./shop.ts";

export function describeCustomer(): void {
  describe("customer", () => {
    test("has the whole way with times, messages, goals and the execution", async () => {
      const { exitCode, answer } = await json("customer", "ben");
      expect(exitCode).toBe(0);
      const [enrollment] = answer.enrollments;
      expect(enrollment).toMatchObject({ status: "exited", reason: "bought", journeyId: "cart" });
      expect(enrollment.steps.map(({ componentId, outcome }: Item) => [componentId, outcome])).toEqual([
        ["remind", "done"],
        ["was-read", "exited"],
      ]);
      expect(enrollment.execution.console).toMatch(
        /^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/states\/home\?region=eu-central-1#\/v2\/executions\/details\/arn:aws:states:.*:execution:/,
      );
      expect(enrollment.execution.arn).toContain(`${enrollment.enrollmentId}-1`);
      expect(answer.events.map(({ name }: Item) => name)).toEqual(["checkout.started", "order.placed"]);
    });

    test("for people says the same; reasons in words", async () => {
      const { out } = await run.journeys("customer", "cyd");
      expect(out).toMatch(/country +"FR"/);
      expect(out).toContain("not in the audience (audience-false)");
      const ada = await run.journeys("customer", "ada");
      expect(ada.out).toMatch(/was-read +Message status rule +met +remind read = "2026-/);
      expect(ada.out).toMatch(/remind +Send template +done +hello sent, delivered .*, read /);
    });

    test("has the data at each decision, and says what has changed since", async () => {
      const total = { field: "event.total", operator: "greaterThan", value: 20 };
      const german = { field: "customer.country", operator: "equals", value: "DE" };
      const components = {
        sort: { type: "condition", branches: [{ when: { all: [total, german] }, next: "big" }] },
        big: { type: "addTag", tags: ["big"] },
      };
      await run.stack.save({
        id: "sorting",
        name: "Sorting",
        status: "active",
        trigger: { event: "bag.filled" },
        start: "sort",
        components,
      });
      await run.untilFunctionsLookAgain();
      await run.stack.publish("bag.filled", {
        customerId: "lea",
        id: "bag",
        data: { total: 30 },
        customer: { country: "DE" },
      });
      await is("lea", ({ status }) => status === "completed");
      const saw = async () => (await json("customer", "lea")).answer.enrollments[0].steps[0].decision;
      expect(await saw()).toEqual({
        saw: [
          { what: "event.total", value: 30 },
          { what: "customer.country", value: "DE" },
        ],
      });
      await run.stack.publish("customer.updated", { customerId: "lea", customer: { country: "AT" } });
      const changed = { what: "customer.country", value: "AT", changedAt: expect.stringMatching(/^2026-/) };
      await until("the change", async () => (await saw()).saw[1].value === "AT");
      expect(await saw()).toEqual({ saw: [{ what: "event.total", value: 30 }, changed] });
      const { out } = await run.journeys("customer", "lea");
      expect(out).toMatch(/sort +Condition +big +event\.total = 30, customer\.country = "AT" \(now; changed 2026-/);
      const svg = await run.journeys("draw", "sorting", "--customer", "lea", "--svg");
      expect(svg.out).toMatch(/<title>Condition: sort: [^<]*event\.total = 30, customer\.country =/);
    }, 60_000);

    test("who is inside is told without the token by which they are woken", async () => {
      await checkout("tok", 59);
      const { position } = await waits("tok");
      const { out } = await run.journeys("customer", "tok", "--json");
      expect(out).toContain('"waiting"');
      expect(out).not.toContain(position.waiting?.token);
      await run.stack.publish("order.placed", { customerId: "tok" });
      await is("tok", ({ status }) => status === "exited");
    });

    test("of whom nothing is stored: exit code 1 and a sentence", async () => {
      const { exitCode, err } = await run.journeys("customer", "nobody");
      expect([exitCode, err]).toEqual([1, expect.stringMatching(/^Nothing is stored about a customer "nobody"/)]);
    });
  });

  describe("draw", () => {
    test("--customer marks the way that was taken and pales the rest", async () => {
      const { exitCode, out } = await run.journeys("draw", "cart", "--customer", "ada");
      expect(exitCode).toBe(0);
      expect(out).toMatch(/c_was_read\{".* met<br\/>remind read = /);
      const pale = /^ {2}class (.+) pale$/m.exec(out)?.[1]?.split(",");
      expect(pale).toContain("c_cold");
      expect(pale).not.toContain("c_engaged");
      const svg = await run.journeys("draw", "cart", "--customer", "ada", "--svg");
      expect(svg.out).toMatch(/<g opacity="\.35"><title>Add tag: cold/);
      expect(svg.out).toMatch(/<g><title>Add tag: engaged/);
    });

    test("of a customer who was never there says what to ask", async () => {
      const { exitCode, out, err } = await run.journeys("draw", "cart", "--customer", "cyd");
      expect([exitCode, out]).toEqual([2, ""]);
      expect(err).toContain("journeys why cyd cart");
    });
  });
}
