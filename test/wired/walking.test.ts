/** Every path of the functions that an execution calls, with each request that it sends to AWS. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { reported } from "./aws/deliveries.ts";
import { Fault } from "./aws/loopback.ts";
import { values } from "./functions.ts";
import type { Stack } from "./stack.ts";
import { addressOf, entered, signals, visited, waiting } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

describe("advance", () => {
  test("sends through SES, and waits for the report by a signal", async () => {
    const ids = await entered(stack, "c-1");
    const before = Date.now();
    const instruction = (await stack.call("advance", ids)) as { until: string; timeoutSeconds: number };
    const [until, after] = [Date.parse(instruction.until), Date.now()];
    expect(Object.keys(instruction).sort()).toEqual(["next", "timeoutSeconds", "until", "visit"]);
    // The call read the clock between these two moments. Both results are rounded up to seconds.
    expect(until).toBeGreaterThanOrEqual(before + 24 * 3600_000);
    expect(until).toBeLessThanOrEqual(after + 24 * 3600_000 + 1_000);
    expect(instruction.timeoutSeconds).toBeGreaterThanOrEqual((until - after) / 1000);
    expect(instruction.timeoutSeconds).toBeLessThanOrEqual((until - before) / 1000 + 2);
    const [mail] = stack.aws.of("SendEmail");
    expect(mail).toMatchObject({
      FromEmailAddress: "Shop <hello@shop.example>",
      Destination: { ToAddresses: [addressOf("c-1")] },
      ConfigurationSetName: values.CONFIGURATION_SET,
      Content: { Simple: { Subject: { Data: "Hello" } } },
    });
    expect(stack.item("enrollment#")).toMatchObject({
      messages: [{ state: "sent", messageId: `${ids.enrollmentId}-0` }],
    });
  });

  test("puts a link into a marketing message that the unsubscribe page accepts", async () => {
    await waiting(stack, "link");
    const headers = JSON.stringify(stack.aws.of("SendEmail").at(-1)?.Content);
    const [, url = ""] = /"<(https:[^>]+)>"/.exec(headers) ?? [];
    expect(url).toMatch(new RegExp(`^${values.UNSUBSCRIBE_URL}\\?token=`));
    expect(await stack.open(url, "GET")).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("Unsubscribe?"),
    });
    expect(stack.item("profile", "link")).not.toMatchObject({ attributes: { unsubscribed: true } });
    stack.aws.fail("PutItem", new Fault("ValidationException", "too large"));
    await expect(stack.open(url, "POST")).rejects.toThrow("Lambda answered Unhandled.");
    expect(await stack.open(url, "POST")).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("You are unsubscribed"),
    });
    expect(stack.item("profile", "link")).toMatchObject({ attributes: { unsubscribed: true } });
    expect(await stack.open(`${url}x`, "POST")).toMatchObject({ statusCode: 400 });
  });

  test("publishes emitted events and the messages of other channels, then waits", async () => {
    const { ids, tags } = await waiting(stack, "emits");
    await stack.deliver("message-status", reported("Open", tags, { open: {} }));
    expect(await stack.call("advance", ids)).toMatchObject({ next: "awaitSignal", visit: 4 });
    expect(stack.announced()).toEqual(["half.way", "message.requested"]);
    const details = stack.entries().map(({ Detail }) => JSON.parse(String(Detail)));
    expect(details).toMatchObject([
      { customerId: "emits", emitted: true },
      {
        customerId: "emits",
        data: { template: "sms", text: "Hi", unsubscribeUrl: expect.stringContaining("?token=") },
      },
    ]);
    for (const entry of stack.entries())
      expect(entry).toMatchObject({ EventBusName: values.EVENT_BUS_NAME, Source: "customer-journeys" });
  });

  test("closes an enrollment as failed when its execution gives up", async () => {
    const ids = await entered(stack, "given-up");
    await stack.call("advance", { ...ids, failed: "PermanentError" });
    expect(stack.item("enrollment#", "given-up")).toMatchObject({ status: "failed", reason: "PermanentError" });
    expect(await stack.call("advance", ids)).toEqual({ next: "done" });
  });

  test("waits while the marketing of the journey is held", async () => {
    const held = { kind: "bounces", reports: 20, sent: 100, at: new Date().toISOString() };
    const marks = [0, 1].map(() => ({ sent: 0, bounced: 0, complained: 0 }));
    stack.tables.put("the-counters", { journey: "j", scope: "breaker", marks, held, revision: 1 });
    await stack.restart({}, ["advance"]);
    const ids = await entered(stack, "held");
    try {
      expect(await stack.call("advance", ids)).toMatchObject({ next: "wait" });
      expect(stack.aws.of("SendEmail")).toEqual([]);
    } finally {
      stack.tables.put("the-counters", { journey: "j", scope: "breaker", marks, revision: 2 });
      await stack.restart({ SENDER: JSON.stringify({ from: "Shop <hello@shop.example>" }) }, ["advance"]);
    }
  });
});

describe("advance, by the settings of the stack", () => {
  const sender = JSON.stringify({ from: "Shop <hello@shop.example>" });
  afterAll(() => stack.restart({ SENDER: sender }, ["advance"]));

  test("sends no faster than the mail rate: the second of two emails waits", async () => {
    await stack.restart({ SENDER: sender, MAIL_RATE: "0.01" }, ["advance"]);
    const before = Date.now();
    const [first, second] = [await entered(stack, "first"), await entered(stack, "second")];
    expect(await stack.call("advance", first)).toMatchObject({ next: "awaitSignal" });
    const instruction = (await stack.call("advance", second)) as { until: string };
    expect(instruction).toMatchObject({ next: "wait" });
    expect(Date.parse(instruction.until) - before).toBeGreaterThanOrEqual(100_000);
    expect(stack.aws.of("SendEmail")).toHaveLength(1);
  });

  test("obeys the limits of the stack when the journey has none", async () => {
    const limits = JSON.stringify({ cap: [{ max: 1, within: "P7D", otherwise: "exit" }] });
    await stack.restart({ SENDER: sender, LIMITS: limits }, ["advance"]);
    const ids = await entered(stack, "capped");
    stack.tables.put("the-customers", {
      customerId: "capped",
      sk: "sends",
      sends: [{ messageId: "another", class: "marketing", at: new Date().toISOString() }],
      revision: 1,
    });
    expect(await stack.call("advance", ids)).toEqual({ next: "done" });
    expect(stack.item("enrollment#", "capped")).toMatchObject({ status: "exited", reason: "frequency-cap" });
    expect(stack.aws.of("SendEmail")).toEqual([]);
  });
});

describe("await-signal", () => {
  test("stores the token of a waiting enrollment", async () => {
    await waiting(stack, "keeps");
    expect(stack.item("enrollment#", "keeps").position).toMatchObject({
      waiting: { for: "signal", token: "token of keeps" },
    });
    expect(signals(stack)).toEqual([]);
  });

  test("wakes the execution at once when the enrollment no longer waits", async () => {
    const ids = await entered(stack, "not-waiting");
    await stack.call("await-signal", { ...ids, visit: 7, token: "early" });
    expect(signals(stack)).toEqual(["early"]);
  });
});
