/** `doctor`: its findings, and that a failed read does not stop the other checks. */
import { describe, expect, test } from "vitest";
import { newBreaker } from "../../../lambdas/domain/counters/breaker.ts";
import type { MemoryStack } from "../memory-stack/stack.ts";
import { answer, command } from "../on-stack.ts";
import { cart, save, shop } from "../shop.ts";

interface Found {
  readonly area: string;
  readonly state: string;
  readonly what: string;
}

async function findings(stack: MemoryStack) {
  const { exitCode, json } = await answer(stack, ["doctor"]);
  const found: Found[] = json.findings;
  const of = (state: string) => found.filter((finding) => finding.state === state).map(({ area }) => area);
  const what = (area: string) => found.find((finding) => finding.area === area)?.what;
  return { exitCode, healthy: json.ok, ill: of("failing"), notKnown: of("not known"), notes: of("note"), what };
}

const count = (stack: MemoryStack, counts: Record<string, number>) =>
  stack.ports.store.commit([{ kind: "counts", journeyId: "cart", counts, shardKey: "cart" }]);

test("a healthy stack: exit code 0", async () => {
  const stack = await shop();
  stack.services.pages = [1];
  stack.services.metrics.IteratorAge = [{ at: "2026-01-05T10:00:00.000Z", value: 900 }];
  stack.services.metrics.Invocations = [
    { at: "2026-01-05T10:05:00.000Z", value: 1 },
    { at: "2026-01-05T10:00:00.000Z", value: 1 },
    { at: "2026-01-05T10:10:00.000Z", value: 0 },
  ];
  const { exitCode, healthy, ill, notKnown, notes, what } = await findings(stack);
  expect({ exitCode, healthy, ill, notKnown, notes }).toEqual({
    exitCode: 0,
    healthy: true,
    ill: [],
    notKnown: [],
    notes: [],
  });
  expect(what("reconciler")).toBe("ran at 2026-01-05T10:05:00.000Z.");
  expect(what("changes of customers")).toBe("handled within 1 s.");
  expect(what("open executions")).toBe("1, of a quota of 1000000; 1 customer inside journeys, by the counters.");
  expect(what("alarms")).toBe("none of 3 is in alarm.");
  expect((await command(stack, ["doctor"])).out).toMatch(/The stack is healthy\.$/);
});

describe("exit code 1 and a finding when", () => {
  test.each<[string, string, (stack: MemoryStack) => unknown]>([
    [
      "an event is a dead letter",
      "dead letters of events",
      ({ services }) => {
        services.depths.EventsDeadLetterQueueUrl = { waiting: 1, inWork: 0 };
      },
    ],
    [
      "a report is a dead letter and is in flight",
      "dead letters of statuses",
      ({ services }) => {
        services.depths.StatusesDeadLetterQueueUrl = { waiting: 0, inWork: 1 };
      },
    ],
    [
      "a batch of stream records has failed",
      "records given up on",
      ({ services }) => {
        services.failed = { count: 2, more: false };
      },
    ],
    [
      "changes are handled late",
      "changes of customers",
      ({ services }) => {
        services.metrics.IteratorAge = [{ at: "2026-01-05T10:00:00.000Z", value: 900_000 }];
      },
    ],
    [
      "a customer's step is overdue",
      "overdue in cart",
      ({ services }) => {
        services.late.cart = { count: 3, more: false };
      },
    ],
    ["the last edit was refused", "journey cart", (stack) => save(stack, { ...cart, start: "nowhere" })],
    [
      "mail bounces",
      "bounces in cart",
      (stack) => count(stack, { "message.remind.sent": 97, "message.remind.bounced": 20 }),
    ],
    [
      "a circuit breaker is open",
      "marketing of cart",
      (stack) => {
        const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;
        return stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
      },
    ],
    [
      "too many executions are open",
      "open executions",
      ({ services }) => {
        const at = "2026-01-05T10:00:00.000Z";
        services.metrics.OpenExecutionCount = [{ at, value: 90 }];
        services.metrics.OpenExecutionLimit = [{ at, value: 100 }];
      },
    ],
    [
      "an alarm rings",
      "alarm ReconcilerSilent",
      ({ services }) => {
        const [, alarm] = services.found;
        if (alarm) services.found[1] = { ...alarm, state: "ALARM" };
      },
    ],
    [
      "SES paused sending",
      "email",
      ({ services }) => {
        services.standing = { ...services.standing, enabled: false };
      },
    ],
  ])("%s", async (_, area, happen) => {
    const stack = await shop();
    await happen(stack);
    const { exitCode, healthy, ill } = await findings(stack);
    expect({ exitCode, healthy, ill }).toEqual({ exitCode: 1, healthy: false, ill: [area] });
    expect((await command(stack, ["doctor"])).out).toMatch(/^1 problem to fix\.$/m);
  });
});

test("a value that cannot be read is unknown, and the other checks run: exit code 0", async () => {
  const stack = await shop();
  for (const service of ["failures", "alarms", "values", "executions", "mail"] as const)
    stack.services.silent.add(service);
  const { exitCode, ill, notKnown, what } = await findings(stack);
  expect([exitCode, ill]).toEqual([0, []]);
  expect(notKnown).toEqual([
    "records given up on",
    "changes of customers",
    "reconciler",
    "open executions",
    "alarms",
    "email",
  ]);
  expect(what("dead letters of events")).toBe("none.");
});

test("a queue that cannot be read is no access: exit code 2", async () => {
  const stack = await shop();
  stack.services.depth = () => Promise.reject(Object.assign(new Error("User may not read"), { name: "AccessDenied" }));
  const { exitCode, out, err } = await command(stack, ["doctor"]);
  expect([exitCode, out, err]).toEqual([
    2,
    "",
    "AWS refuses access: User may not read. Use credentials that may do this.",
  ]);
});

test("the newest value of a metric counts, the largest of several functions", async () => {
  const stack = await shop();
  stack.services.metrics.IteratorAge = [
    { at: "2026-01-05T10:00:00.000Z", value: 900_000 },
    { at: "2026-01-05T10:10:00.000Z", value: 2_000 },
    { at: "2026-01-05T10:05:00.000Z", value: 800_000 },
  ];
  expect((await findings(stack)).what("changes of customers")).toBe("handled within 2 s.");
  expect(stack.services.asked).toContain("Maximum of IteratorAge");
  expect(stack.services.asked).toContain("Sum of Invocations");
});

test("alarms of another stack with the same name prefix are not reported", async () => {
  const stack = await shop();
  expect(stack.services.found.map(({ name }) => name)).toContain("Shop-Window-Broken-D4");
  expect((await findings(stack)).ill).toEqual([]);
});

test("the executions of the stack are counted page by page, at most ten pages", async () => {
  const stack = await shop();
  stack.services.pages = [1000, 1000, 7];
  expect((await findings(stack)).what("open executions")).toMatch(/^2007, of a quota/);
  stack.services.pages = Array.from({ length: 12 }, () => 1000);
  expect((await findings(stack)).what("open executions")).toMatch(/^10000 or more, of a quota/);
});

test("customers inside without an execution are a note, not a failure", async () => {
  const stack = await shop();
  stack.services.pages = [0];
  const { exitCode, notes } = await findings(stack);
  expect([exitCode, notes]).toEqual([0, ["open executions"]]);
});

test("a stopped journey is not reported for bounces or the breaker; a journey without customers is not checked for overdue steps", async () => {
  const stack = await shop();
  await count(stack, { "message.remind.sent": 97, "message.remind.bounced": 20 });
  const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;
  await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
  await command(stack, ["stop", "cart", "--yes"]);
  const { exitCode, ill } = await findings(stack);
  expect([exitCode, ill]).toEqual([0, []]);
  expect(stack.services.asked.filter((asked) => asked.startsWith("overdue"))).toEqual([]);
});

test("the parked customers of a held journey are not overdue", async () => {
  const stack = await shop();
  const asked = async () => {
    stack.services.asked.length = 0;
    await command(stack, ["doctor"]);
    return stack.services.asked.filter((each) => each.startsWith("overdue"));
  };
  expect(await asked()).toEqual(["overdue in cart"]);
  await command(stack, ["hold", "cart"]);
  expect(await asked()).toEqual(["overdue in cart, which is held"]);
  await command(stack, ["resume", "cart"]);
  expect(await asked()).toEqual(["overdue in cart"]);
});

test("failed enrollments are reported with their reasons", async () => {
  const stack = await shop();
  await count(stack, { failed: 2, "failed.template-broken": 2 });
  expect((await findings(stack)).what("failed in cart")).toBe("template-broken 2× since the journey began.");
});

test("of a held journey says how many customers are parked, and is healthy", async () => {
  const stack = await shop();
  stack.services.pages = [1];
  stack.services.waiting.cart = { count: 3, more: false };
  expect((await findings(stack)).notes).toEqual([]);
  await command(stack, ["hold", "cart"]);
  const { healthy, notes, what } = await findings(stack);
  expect([healthy, notes]).toEqual([true, ["journey cart"]]);
  expect(what("journey cart")).toBe("it is held; 3 of its customers are due to go on.");
});
