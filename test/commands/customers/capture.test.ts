/** `capture`: a customer of a stack becomes a journey test that passes and names no value of the customer. */
import { expect, test } from "vitest";
import { ran } from "../../cli/running.ts";
import { answer, command } from "../on-stack.ts";
import { shop } from "../shop.ts";

test("the test is written, passes, and has nothing of the customer", async () => {
  const { exitCode, out, written } = await command(await shop(), [
    "capture",
    "ben",
    "cart",
    "--output",
    "ben.test.json",
  ]);
  expect([exitCode, out]).toEqual([0, "✓ ben.test.json"]);
  const text = written["ben.test.json"] ?? "";
  expect(text).not.toMatch(/\bben\b|checkout-ben|order-ben|\b59\b/);
  const again = await ran(["test", "ben.test.json"], { "ben.test.json": text });
  expect([again.exitCode, again.out]).toEqual([0, expect.stringContaining("1 test, all passed.")]);
});

test("without --output it is printed; with --json it is a member", async () => {
  const stack = await shop();
  const printed = JSON.parse((await command(stack, ["capture", "ada", "cart"])).out);
  expect(printed.expect).toMatchObject([{ path: ["remind", "was-read", "engaged"], ended: "completed" }]);
  expect((await answer(stack, ["capture", "ada", "cart"])).json).toEqual({ ok: true, test: printed });
});

test("a customer who never entered, and an unknown enrollment: exit code 2", async () => {
  const stack = await shop();
  expect(await command(stack, ["capture", "dan", "cart"])).toMatchObject({ exitCode: 2 });
  expect(await command(stack, ["capture", "ada", "cart", "--enrollment", "x"])).toMatchObject({ exitCode: 2 });
});
