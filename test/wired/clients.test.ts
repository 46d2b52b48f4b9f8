/**
 * How often each AWS client sends a request. The SES client never retries, because a second request may be a second
 * email. Every other client retries, so that one failed request harms no customer.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { published } from "./aws/deliveries.ts";
import { cutConnection, Fault } from "./aws/loopback.ts";
import { cold, started } from "./functions.ts";
import type { Stack } from "./stack.ts";
import { entered, visited } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const broken = new Fault("InternalServerError", "sorry", 500);

describe("the SES client sends one request", () => {
  test.each([
    ["when the connection is cut before SES answers", cutConnection],
    ["when SES fails", broken],
    ["when SES throttles", new Fault("TooManyRequestsException", "slow down", 429)],
    ["when a gateway times out", new Fault("GatewayTimeout", "late", 504)],
  ])("%s", async (why, fault) => {
    const ids = await entered(stack, why);
    stack.aws.fail("SendEmail", fault, 10);
    await expect(stack.attempt("advance", ids)).rejects.toThrow();
    expect(stack.aws.of("SendEmail")).toHaveLength(1);
  });
});

describe("the client retries a failed request to", () => {
  let calls = 0;
  const start = () => published("start", { customerId: `again-${++calls}`, id: "s" });

  test.each<[string, string, () => Promise<unknown>]>([
    ["DynamoDB", "PutItem", () => stack.deliver("trigger-matcher", published("seen", { customerId: "c" }))],
    ["Step Functions", "StartExecution", () => stack.deliver("trigger-matcher", start())],
    ["SQS, for a dead letter", "SendMessage", () => stack.deliver("trigger-matcher", "not JSON")],
    ["SQS, for a delayed delivery", "SendMessage", () => stack.deliver("trigger-matcher", start())],
    ["EventBridge", "PutEvents", () => stack.follow("exit-evaluator")],
    ["Secrets Manager", "GetSecretValue", () => started("unsubscribe")],
  ])("%s", async (_, operation, call) => {
    cold();
    stack.aws.fail(operation, broken);
    await call();
    expect(stack.aws.of(operation).length).toBeGreaterThanOrEqual(2);
  });
});
