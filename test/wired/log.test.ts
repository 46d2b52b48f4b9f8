/** The log lines that alarms and admins search for, and the data that no log line may contain. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MARKETING_HELD, RECONCILED } from "../../lambdas/adapters/log-lines.ts";
import { batch, reported } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { entered, visited, waiting } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

test("message-status writes the line that the alarm about held marketing counts", async () => {
  const { tags } = await waiting(stack, "held");
  stack.tables.put("the-counters", { journey: "j#0", scope: "message.mail", sent: 100, bounced: 50 });
  stack.forget();
  await stack.deliver("message-status", reported("Bounce", tags, { bounce: { bounceType: "Permanent" } }));
  const found = stack.log.lines.filter(({ message }) => message === MARKETING_HELD);
  expect(found).toEqual([expect.objectContaining({ level: "WARN", journeyId: "j", kind: "bounces", sent: 101 })]);
});

test("every line names its function and its request", async () => {
  await stack.restart({}, ["reconciler"]);
  await stack.call("reconciler");
  expect(stack.log.lines).toEqual([
    expect.objectContaining({
      message: RECONCILED,
      service: "reconciler",
      function_request_id: "request-1",
      restarted: 0,
      failed: 0,
      stopped: 0,
    }),
  ]);
});

test("no line contains personal data or secrets when a call fails", async () => {
  const ids = await entered(stack, "private", { name: "Zaphod" });
  const secrets = /ann@shop|Zaphod|the signing secret|a secret token/;
  await stack.attempt("message-status", batch(["{ ann@shop.example", reported("Send", {}, { mail: "Zaphod" })]));
  await stack.attempt("advance", { ...ids, enrollmentId: undefined }).catch(() => undefined);
  await stack.attempt("await-signal", { ...ids, visit: {}, token: "a secret token" }).catch(() => undefined);
  expect(stack.log.complaints().length).toBeGreaterThanOrEqual(2);
  expect(JSON.stringify(stack.log.lines)).not.toMatch(secrets);
});
