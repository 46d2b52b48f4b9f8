/** An earlier release was deployed over a later one, and meets an item of it: the functions change nothing and fail. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, published } from "../wired/aws/deliveries.ts";
import type { Stack } from "../wired/stack.ts";
import { entered, visited } from "../wired/visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());

test("a customer with an enrollment of a later release is left alone, and goes on when that release is back", async () => {
  const ids = await entered(stack, "ann");
  const item = stack.item("enrollment#", "ann");
  stack.tables.put("the-customers", { ...item, format: 2 });
  stack.tables.changes("the-customers");
  const before = JSON.stringify(stack.item("enrollment#", "ann"));
  await expect(stack.attempt("advance", ids)).rejects.toThrow("A later release has stored this enrollment");
  const leaves = batch([published("leave", { customerId: "ann", id: "leave-1" })]);
  await stack.call("trigger-matcher", leaves);
  await expect(stack.follow("exit-evaluator")).rejects.toThrow("A later release has stored this enrollment");
  expect(JSON.stringify(stack.item("enrollment#", "ann"))).toBe(before);
  expect(stack.aws.of("SendEmail")).toEqual([]);
  stack.tables.put("the-customers", item);
  expect(await stack.call("advance", ids)).toMatchObject({ next: "awaitSignal" });
});
