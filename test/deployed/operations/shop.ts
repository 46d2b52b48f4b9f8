/** The deployed shop that all of these tests work on. Deploying takes longer than the tests, so that they share it. */
import { expect } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../../stack/deployed/stack.ts";
import { cart, letter } from "../../commands/shop.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

export let run: Running;

/** Deploys the stack and lets four customers come: one reads the mail, one buys, and two may not enter. */
export async function openShop(): Promise<void> {
  run = await running();
  await run.stack.put("TemplatesTableName", letter);
  expect(await run.stack.save(cart)).toMatchObject({ state: "published", version: 1 });
  await run.untilFunctionsLookAgain();
  await Promise.all([
    checkout("ada", 59),
    checkout("ben", 59),
    checkout("cyd", 59, { country: "FR" }),
    checkout("dan", 5),
  ]);
  await waits("ada");
  await waits("ben");
  const [mail] = await run.inbox("ada@mail.example");
  if (mail) await run.reads(mail);
  await is("ada", ({ status }) => status === "completed");
  await run.stack.publish("order.placed", { customerId: "ben", id: "order-ben" });
  await is("ben", ({ status }) => status === "exited");
  await until("reasons", async () => {
    const items = [...(await run.stack.customer("cyd")), ...(await run.stack.customer("dan"))];
    return items.filter(({ sk }) => String(sk).startsWith("reason#")).length === 2;
  });
}

export function checkout(customerId: string, total: number, customer: Item = {}) {
  return run.stack.publish("checkout.started", {
    id: `checkout-${customerId}`,
    customerId,
    data: { total },
    customer: { email: `${customerId}@mail.example`, firstName: customerId, country: "DE", ...customer },
  });
}

export const is = (customerId: string, what: (enrollment: Enrollment) => unknown) =>
  until(customerId, async () => (await run.stack.enrollments(customerId)).find(what), {
    instead: () => run.stack.enrollments(customerId),
  });
export const waits = (customerId: string) => is(customerId, ({ position }) => position.waiting?.token);

export const json = async (...args: string[]) => {
  const { exitCode, out, err } = await run.journeys(...args, "--json");
  return { exitCode, err, answer: out === "" ? undefined : JSON.parse(out) };
};
