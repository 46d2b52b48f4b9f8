/** Every path of the functions that react to reports and to changes of an enrolled customer. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addressHash } from "../../lambdas/domain/customer/address-mark.ts";
import { published, reported, streamed } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { addressOf, entered, signals, visited, waiting } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

describe("message-status", () => {
  test("wakes the execution that waits for the report", async () => {
    const { tags } = await waiting(stack, "reads");
    const open = reported("Open", tags, { open: {} });
    await stack.deliver("message-status", reported("Send", tags), open);
    expect(signals(stack)).toEqual(["token of reads"]);
    expect(stack.item("enrollment#", "reads")).toMatchObject({
      messages: [{ statuses: { read: expect.any(String) } }],
    });
  });

  test("suppresses an address that bounces, and counts it against the journey", async () => {
    const { tags } = await waiting(stack, "bounces");
    const before = stack.aws.of("Query").length;
    await stack.deliver("message-status", reported("Bounce", tags, { bounce: { bounceType: "Permanent" } }));
    const [facts] = stack.tables.items("the-customers").filter(({ sk }) => sk === "delivery");
    expect(facts).toMatchObject({
      customerId: `address#${addressHash(addressOf("bounces"), "the signing secret")}`,
      reports: { bounced: expect.any(String) },
    });
    expect(stack.aws.of("Query").length - before).toBeGreaterThanOrEqual(16);
  });

  test("holds a journey's marketing when too much of it bounces", async () => {
    const { tags } = await waiting(stack, "spike");
    const counters = { journey: "j#0", scope: "message.mail", sent: 100, bounced: 50 };
    stack.tables.put("the-counters", { ...counters });
    await stack.deliver("message-status", reported("Bounce", tags, { bounce: { bounceType: "Permanent" } }));
    const breaker = stack.tables.items("the-counters").find(({ scope }) => scope === "breaker");
    expect(breaker).toMatchObject({ journey: "j", held: { kind: "bounces" } });
  });
});

describe("exit-evaluator", () => {
  test("announces an entry", async () => {
    stack.tables.changes("the-customers");
    await entered(stack, "announced");
    await stack.follow("exit-evaluator");
    expect(stack.announced()).toContain("journey.entered");
  });

  test("ends an enrollment whose exit rule an event meets, and stops the execution", async () => {
    const ids = await entered(stack, "leaves");
    stack.tables.changes("the-customers");
    await stack.deliver("trigger-matcher", published("leave", { customerId: "leaves" }, { id: "leave-leaves" }));
    await stack.follow("exit-evaluator");
    expect(stack.item("enrollment#", "leaves")).toMatchObject({ status: "exited", reason: "out" });
    expect(stack.aws.of("StopExecution").map(({ executionArn }) => executionArn)).toEqual([
      `arn:aws:states:eu-central-1:111122223333:execution:the-machine:${ids.enrollmentId}-1`,
    ]);
    await stack.follow("exit-evaluator");
    expect(stack.announced()).toEqual(["journey.exited"]);
  });

  test("ignores an event that is changed or removed after it was stored", async () => {
    await entered(stack, "expires");
    stack.tables.changes("the-customers");
    await stack.deliver("trigger-matcher", published("leave", { customerId: "expires" }, { id: "leave-expires" }));
    const [stored] = stack.tables
      .changes("the-customers")
      .filter(({ dynamodb }) => dynamodb?.NewImage?.sk?.S === "event#leave-expires");
    const { NewImage } = stored?.dynamodb ?? {};
    if (!NewImage) throw new Error("trigger-matcher has not stored the event.");
    stack.forget();
    const changed = { eventName: "MODIFY", dynamodb: { OldImage: NewImage, NewImage, SequenceNumber: "1" } } as const;
    const removed = { eventName: "REMOVE", dynamodb: { OldImage: NewImage, SequenceNumber: "2" } } as const;
    await stack.call("exit-evaluator", streamed([changed, removed]));
    expect(stack.aws.calls).toEqual([]);
    expect(stack.item("enrollment#", "expires")).toMatchObject({ status: "active" });
  });

  test("counts a goal, and announces it", async () => {
    await entered(stack, "buys");
    stack.tables.changes("the-customers");
    await stack.deliver("trigger-matcher", published("buy", { customerId: "buys" }, { id: "buy-buys" }));
    await stack.follow("exit-evaluator");
    await stack.follow("exit-evaluator");
    expect(stack.item("enrollment#", "buys")).toMatchObject({ goals: { sale: expect.any(String) } });
    expect(stack.announced()).toEqual(["goal.reached"]);
  });

  test("wakes the execution that waits for an event", async () => {
    const { ids, tags } = await waiting(stack, "yes");
    await stack.deliver("message-status", reported("Open", tags, { open: {} }));
    await stack.call("advance", ids);
    await stack.call("await-signal", { ...ids, visit: 4, token: "for yes" });
    stack.aws.forget();
    stack.tables.changes("the-customers");
    await stack.deliver("trigger-matcher", published("said.yes", { customerId: "yes" }, { id: "yes-1" }));
    await stack.follow("exit-evaluator");
    expect(signals(stack)).toEqual(["for yes"]);
    expect(await stack.call("advance", ids)).toMatchObject({ next: "wait" });
  });

  test("publishes a change of a customer, which makes trigger-matcher enroll the customer", async () => {
    await entered(stack, "vip", { plan: "vip" });
    const changed = () => stack.entries().filter(({ DetailType }) => DetailType === "customer.changed");
    await stack.follow("exit-evaluator");
    const [entry] = changed().slice(-1);
    const detail = JSON.parse(String(entry?.Detail));
    expect(detail).toMatchObject({ customerId: "vip", data: { fields: ["customer.plan"], cause: "start-vip" } });
    stack.aws.forget();
    const change = published("customer.changed", detail, { id: "change-1", source: String(entry?.Source) });
    await stack.deliver("trigger-matcher", change);
    expect(stack.executions()).toEqual([expect.objectContaining({ customerId: "vip" })]);
  });

  test("ends the enrollments of an erased customer", async () => {
    await entered(stack, "gone");
    const before = stack.item("profile", "gone");
    stack.tables.changes("the-customers");
    const deletedAt = new Date().toISOString();
    stack.tables.put("the-customers", { ...before, deletedAt, revision: 9 });
    await stack.follow("exit-evaluator");
    expect(stack.aws.of("StopExecution")).toHaveLength(1);
  });
});
