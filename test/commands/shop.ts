/**
 * A shop's stack with one journey and five customers. Ada read the mail and completed, Ben bought and exited, Eve is
 * inside, Cyd lives in the wrong country, and Dan's cart was too small.
 */

import { handleDeliveryReport } from "../../lambdas/app/messages/handle-delivery-report.ts";
import type { Item } from "../../stack/stack.ts";
import { MemoryStack } from "./memory-stack/stack.ts";

export const letter = {
  id: "hello",
  channel: "email",
  class: "marketing",
  subject: "Hello {{ customer.firstName }}",
  html: "<p>Hello</p>",
};

export const cart = {
  id: "cart",
  name: "Cart",
  status: "active",
  trigger: {
    event: "checkout.started",
    entry: "once",
    where: { field: "event.total", operator: "greaterThan", value: 20 },
    audience: { field: "customer.country", operator: "oneOf", value: ["DE", "AT"] },
  },
  exit: [{ id: "bought", event: "order.placed" }],
  goals: [{ id: "sale", event: "order.placed" }],
  start: "remind",
  components: {
    remind: { type: "sendTemplate", template: "hello", next: "was-read" },
    "was-read": {
      type: "messageStatusRule",
      message: "remind",
      status: "read",
      within: "P30D",
      met: "engaged",
      notMet: "cold",
    },
    engaged: { type: "addTag", tags: ["engaged"] },
    cold: { type: "addTag", tags: ["cold"] },
  },
};

/** Saves a journey and waits until it is live. */
export async function save(stack: MemoryStack, document: Item) {
  await stack.replaceJourney(document, await stack.journey(String(document.id)));
  return stack.outcome(String(document.id));
}

export function happens(stack: MemoryStack, event: string, detail: Item) {
  return stack.publish(event, detail, "shop").then(() => stack.pass(1000));
}

export function checkout(stack: MemoryStack, customerId: string, total = 59, customer: Item = {}) {
  const email = `${customerId}@mail.example`;
  return happens(stack, "checkout.started", {
    id: `checkout-${customerId}`,
    customerId,
    data: { total },
    customer: { email, firstName: customerId, country: "DE", ...customer },
  });
}

export async function shop(): Promise<MemoryStack> {
  const stack = new MemoryStack();
  stack.put(letter);
  await save(stack, cart);
  await checkout(stack, "ada");
  await checkout(stack, "ben");
  await checkout(stack, "cyd", 59, { country: "FR" });
  await checkout(stack, "dan", 5);
  await checkout(stack, "eve");
  const [{ messages: [mail] = [] } = {}] = await stack.world.store.enrollments("ada");
  for (const status of ["delivered", "read"] as const) {
    const time = stack.world.clock.now();
    await handleDeliveryReport(
      { customerId: "ada", messageId: String(mail?.messageId), status, time },
      stack.world.ports,
    );
    await stack.pass(1000);
  }
  await happens(stack, "order.placed", { customerId: "ben", id: "order-ben" });
  stack.did.length = 0;
  return stack;
}
