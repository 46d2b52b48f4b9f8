/**
 * How often each client of AWS asks. SES is asked once and never again, as a second request may be a second email.
 * Every other service is asked again by its client, so that one failed request fails no customer.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { published } from "./deliveries.ts";
import { cold, started } from "./functions.ts";
import { cutConnection, Fault } from "./loopback.ts";
import type { Stack } from "./stack.ts";
import { entered, visited } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const broken = new Fault("InternalServerError", "sorry", 500);

describe("SES is asked once", () => {
  test.each([
    ["when the connection is cut before it answers", cutConnection],
    ["when it fails", broken],
    ["when it takes no more", new Fault("TooManyRequestsException", "slow down", 429)],
    ["when a gateway gives up", new Fault("GatewayTimeout", "late", 504)],
  ])("%s", async (why, fault) => {
    const ids = await entered(stack, why);
    stack.aws.fail("SendEmail", fault, 10);
    await expect(stack.attempt("advance", ids)).rejects.toThrow();
    expect(stack.aws.of("SendEmail")).toHaveLength(1);
  });
});

describe("is asked again", () => {
  let calls = 0;
  const start = () => published("start", { customerId: `again-${++calls}`, id: "s" });

  test.each<[string, string, () => Promise<unknown>]>([
    ["DynamoDB", "PutItem", () => stack.deliver("trigger-matcher", published("seen", { customerId: "c" }))],
    ["Step Functions", "StartExecution", () => stack.deliver("trigger-matcher", start())],
    ["SQS, for what is put aside", "SendMessage", () => stack.deliver("trigger-matcher", "not JSON")],
    ["SQS, for what comes once more", "SendMessage", () => stack.deliver("trigger-matcher", start())],
    ["EventBridge", "PutEvents", () => stack.follow("exit-evaluator")],
    ["Secrets Manager", "GetSecretValue", () => started("unsubscribe")],
  ])("%s", async (_, operation, call) => {
    cold();
    stack.aws.fail(operation, broken);
    await call();
    expect(stack.aws.of(operation).length).toBeGreaterThanOrEqual(2);
  });
});
