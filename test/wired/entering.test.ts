/** Every path of the functions that publish journeys and enroll customers, with each request that it sends to AWS. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { brief, hello, journey } from "../behaviour/scenario-of.ts";
import { published } from "./aws/deliveries.ts";
import { values } from "./functions.ts";
import type { Stack } from "./stack.ts";
import { entered, signals, visited, waiting, walk } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

test("journey-publisher stores a version of a valid journey, and writes the outcome into the document", () => {
  const versions = stack.tables.items("the-journeys").map(({ id, version }) => `${id} ${version}`);
  expect(versions.sort()).toEqual(
    ["changes current", "changes v1", "j current", "j v1", "~live changes", "~live j"].sort(),
  );
  const [document] = stack.tables.items("the-journeys").filter(({ version }) => version === "current");
  expect(document?.publication).toMatchObject({ state: "published", version: 1, problems: [] });
});

test("journey-publisher sees a template as soon as it is stored", async () => {
  const late = journey({
    id: "late",
    trigger: { event: "late" },
    components: { mail: { type: "sendTemplate", template: "later" } },
  });
  await stack.save(late);
  const outcome = () =>
    stack.tables.items("the-journeys").find(({ id, version }) => id === "late" && version === "current");
  expect(outcome()?.publication).toMatchObject({ state: "rejected", problems: [{ code: "unknown-template" }] });
  stack.tables.put("the-templates", { ...hello, id: "later" });
  await stack.save(late);
  expect(outcome()?.publication).toMatchObject({ state: "published", version: 1 });
});

test("journey-publisher sees a version that another instance has published just now", async () => {
  const bad = { id: "elsewhere", name: "E", status: "active" };
  await stack.save(bad);
  const outcome = () =>
    stack.tables.items("the-journeys").find(({ id, version }) => id === bad.id && version === "current");
  expect(outcome()?.publication).toMatchObject({ state: "rejected", version: 0 });
  const elsewhere = brief({ id: "elsewhere", trigger: { event: "elsewhere" }, version: "v1" });
  const live = {
    id: "~live",
    version: "elsewhere",
    number: 1,
    status: "active",
    name: "E",
    at: "2026-01-01T00:00:00.000Z",
  };
  for (const item of [elsewhere, live]) stack.tables.put("the-journeys", item);
  await stack.save(bad);
  expect(outcome()?.publication).toMatchObject({ state: "rejected", version: 1 });
});

describe("trigger-matcher", () => {
  test("stores the event, enrolls the customer and starts one execution by ids alone", async () => {
    const ids = await entered(stack, "match");
    expect(stack.aws.of("StartExecution")).toEqual([
      {
        stateMachineArn: values.STATE_MACHINE_ARN,
        name: `${ids.enrollmentId}-1`,
        input: JSON.stringify({ customerId: "match", enrollmentId: ids.enrollmentId }),
      },
    ]);
    expect(stack.item("event#", "match")).toMatchObject({ id: "start-match", name: "start" });
  });

  test("sends an event to its own queue again, delayed, when the journey was published just now", async () => {
    await entered(stack, "once-more");
    const [again] = stack.sentTo("events");
    expect(again).toMatchObject({ DelaySeconds: 120 });
    const { time } = stack.item("event#", "once-more");
    expect(JSON.parse(String(again?.MessageBody))).toMatchObject({
      onceMore: true,
      "detail-type": "start",
      detail: { id: "start-once-more", customerId: "once-more", time },
    });
    stack.aws.forget();
    await stack.deliver("trigger-matcher", String(again?.MessageBody));
    expect(stack.executions()).toHaveLength(1);
    expect(stack.aws.of("SendMessage")).toEqual([]);
  });

  test("sends a malformed event to the dead-letter queue, with every reason", async () => {
    const bad = published("start", { customerId: "", data: 1 });
    await stack.deliver("trigger-matcher", bad, "not JSON");
    expect(stack.sentTo("events")).toEqual([]);
    const dead = stack.sentTo("dead-letters");
    expect(dead.map(({ MessageBody }) => MessageBody).sort()).toEqual([JSON.stringify(bad), "not JSON"].sort());
    const reasons = dead.map(({ MessageAttributes }) => JSON.stringify(MessageAttributes)).join();
    expect(reasons).toContain("detail.customerId: ");
    expect(reasons).toContain("detail.data: ");
    expect(reasons).toContain("invalid-json: The delivery is not JSON.");
  });

  test("erases a customer, and stops the customer's executions", async () => {
    const ids = await entered(stack, "erased");
    const time = new Date().toISOString();
    await stack.deliver("trigger-matcher", published("customer.deleted", { customerId: "erased", time }));
    expect(stack.aws.of("StopExecution").map(({ executionArn }) => executionArn)).toEqual([
      `arn:aws:states:eu-central-1:111122223333:execution:the-machine:${ids.enrollmentId}-1`,
    ]);
    expect(stack.tables.items("the-customers").filter(({ customerId }) => customerId === "erased")).toEqual([
      expect.objectContaining({ sk: "profile", deletedAt: time }),
    ]);
    expect(stack.sentTo("events").at(-1)).toMatchObject({ DelaySeconds: 780 });
  });

  test("wakes the execution when an app reports the status of a message", async () => {
    const { ids } = await waiting(stack, "app-status");
    const data = { messageId: `${ids.enrollmentId}-0`, status: "replied" };
    await stack.deliver("trigger-matcher", published("message.status", { customerId: "app-status", data }));
    expect(signals(stack)).toEqual(["token of app-status"]);
  });
});

describe("reconciler", () => {
  test("restarts every overdue enrollment in one run", async () => {
    const all = Array.from({ length: 12 }, (_, number) => `many-${number}`);
    for (const customerId of all) {
      await entered(stack, customerId);
      const enrollment = stack.item("enrollment#", customerId);
      stack.tables.put("the-customers", { ...enrollment, dueAt: "2026-01-01T00:00:00.000Z" });
    }
    stack.forget();
    await stack.call("reconciler");
    expect(
      stack
        .executions()
        .map(({ customerId }) => customerId)
        .sort(),
    ).toEqual(all.sort());
    expect(stack.log.lines).toContainEqual(expect.objectContaining({ restarted: 12, failed: 0, stopped: 0 }));
  });

  test("works for four minutes of its five, and the next run does the rest", async () => {
    for (const number of [1, 2, 3, 4, 5, 6]) {
      await entered(stack, `slow-${number}`);
      const enrollment = stack.item("enrollment#", `slow-${number}`);
      stack.tables.put("the-customers", { ...enrollment, dueAt: "2026-01-01T00:00:00.000Z" });
    }
    const start = Date.now();
    const clock = vi.spyOn(Date, "now");
    clock.mockImplementation(() => start + stack.aws.of("StartExecution").length * 60_000);
    try {
      stack.forget();
      await stack.call("reconciler");
      expect(stack.log.lines).toContainEqual(expect.objectContaining({ restarted: 4 }));
      stack.forget();
      await stack.call("reconciler");
      expect(stack.log.lines).toContainEqual(expect.objectContaining({ restarted: 2 }));
    } finally {
      clock.mockRestore();
    }
  });

  test("starts another execution for an enrollment whose step is overdue", async () => {
    const ids = await entered(stack, "overdue");
    stack.tables.put("the-customers", { ...stack.item("enrollment#", "overdue"), dueAt: "2026-01-01T00:00:00.000Z" });
    stack.aws.forget();
    await stack.call("reconciler");
    expect(stack.aws.of("StartExecution").map(({ name }) => name)).toEqual([`${ids.enrollmentId}-2`]);
  });
});

// This test comes last because it stops the journey.
test("journey-status ends every enrollment of a stopped journey, and the reconciler ends an enrollment that came later", async () => {
  await entered(stack, "inside");
  const before = stack.item("enrollment#", "inside");
  await stack.save({ ...walk, status: "stopped" });
  expect(stack.item("enrollment#", "inside")).toMatchObject({ status: "active" });
  await stack.applyStatus();
  const progress = stack.tables.items("the-counters").filter(({ journey }) => journey === `~inside#${walk.id}`);
  expect(progress.map(({ scope }) => scope).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((part) => `stop#${part}`));
  expect(progress.every(({ complete }) => complete)).toBe(true);
  expect(progress.reduce((sum, { done }) => sum + Number(done), 0)).toBeGreaterThan(0);
  expect(stack.item("enrollment#", "inside")).toMatchObject({ status: "exited", reason: "journey-stopped" });
  expect(stack.aws.of("StopExecution").length).toBeGreaterThan(0);
  stack.tables.put("the-customers", before);
  stack.aws.forget();
  await stack.restart({}, ["reconciler"]);
  await stack.call("reconciler");
  expect(stack.item("enrollment#", "inside")).toMatchObject({ status: "exited", reason: "journey-stopped" });
  expect(stack.aws.of("StopExecution")).toHaveLength(1);
});
