/** Journey tests by their rules: what an expectation looks at, what fails, and what cannot be judged. */
import { describe, expect, test } from "vitest";
import { checkJourneyTest } from "../../../proof/expectations/journey-test.ts";
import { runJourneyTest } from "../../../proof/expectations/run-journey-test.ts";

const journey = (over: object = {}) => ({
  id: "cart",
  version: "current",
  name: "Cart",
  status: "active",
  trigger: {
    event: "checkout.started",
    where: { field: "event.total", operator: "greaterThan", value: 10 },
    entry: "always",
  },
  exit: [{ id: "bought", event: "order.placed" }],
  goals: [{ id: "purchase", event: "order.placed" }],
  start: "pause",
  components: {
    pause: { type: "wait", for: "PT1H", next: "remind" },
    remind: { type: "sendTemplate", template: "hello", next: "tag" },
    tag: { type: "addTag", tags: ["reminded", "a-tag"] },
  },
  ...over,
});

const at = (hour: number) => `2026-01-05T${String(hour).padStart(2, "0")}:00:00Z`;
const started = (hour: number, customerId: string, total = 50) => ({
  at: at(hour),
  event: "checkout.started",
  id: `${customerId}-${hour}`,
  customerId,
  data: { total },
});

const scenario = {
  journeys: [journey()],
  templates: [{ id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" }],
  customers: ["ada", "ben", "cleo"].map((customerId) => ({ customerId, email: `${customerId}@mail.example` })),
  events: [
    started(9, "ada"),
    started(9, "ben"),
    { at: "2026-01-05T09:30:00Z", event: "order.placed", id: "o", customerId: "ben" },
    started(9, "cleo", 5),
    started(8, "eve"),
    started(12, "eve"),
  ],
};

async function judged(expectation: object, over: object = {}) {
  const checked = checkJourneyTest({ name: "a test", ...scenario, ...over, expect: [expectation] });
  if ("problems" in checked) return { failures: [], problems: checked.problems };
  return runJourneyTest(checked.value);
}

describe("is met", () => {
  test.each<[string, object]>([
    ["times entered", { customerId: "ada", entered: 1 }],
    ["no entry", { customerId: "cleo", entered: 0 }],
    ["the reason for no entry", { customerId: "cleo", notEntered: "where-false" }],
    ["the path", { customerId: "ada", path: ["pause", "remind", "tag"] }],
    ["the path up to an exit", { customerId: "ben", path: ["pause"], ended: "exited", reason: "bought" }],
    ["the outcome of a wait that an exit ended", { customerId: "ben", outcomes: { pause: "waiting" } }],
    ["the outcome of a skipped message", { customerId: "eve", enrollment: 1, outcomes: { remind: "skipped" } }],
    ["messages in order", { customerId: "ada", messages: ["remind"] }],
    ["no message", { customerId: "eve", enrollment: 2, messages: [] }],
    ["some messages", { customerId: "ada", messages: { include: ["remind"] } }],
    ["without some messages", { customerId: "ben", messages: { exclude: ["remind"] } }],
    ["when a component was reached", { customerId: "ada", at: { pause: "2026-01-05T09:00:00Z" } }],
    ["when a message was sent, in another zone", { customerId: "ada", at: { remind: "2026-01-05T11:00:00+01:00" } }],
    ["an enrollment that is still active", { customerId: "ada", ended: "active" }],
    ["goals", { customerId: "ben", goals: ["purchase"] }],
    ["no goals", { customerId: "ada", goals: [] }],
    ["tags in any order", { customerId: "ada", tags: ["reminded", "a-tag"] }],
    ["the second enrollment", { customerId: "eve", enrollment: 2, at: { pause: at(12) } }],
    ["times entered, without saying which enrollment", { customerId: "eve", entered: 2 }],
    ["totals", { entered: 4, completed: 3, exited: 1, failed: 0, active: 0, messages: 1, goals: 1 }],
    ["totals of goals", { goals: { "cart/purchase": 1 } }],
    ["totals of a journey", { journeyId: "cart", entered: 4, goals: { purchase: 1 } }],
  ])("%s", async (title, expectation) => {
    const over = title.includes("still active") ? { until: "2026-01-05T09:30:00Z" } : {};
    expect(await judged(expectation, over)).toMatchObject({ failures: [], problems: [] });
  });
});

describe("is not met", () => {
  test.each<[string, object, string, unknown, unknown]>([
    ["times entered", { customerId: "ada", entered: 2 }, "entered", 2, 1],
    ["the reason", { customerId: "cleo", notEntered: "unsubscribed" }, "notEntered", "unsubscribed", ["where-false"]],
    [
      "a reason of who entered",
      { customerId: "ada", notEntered: "where-false" },
      "notEntered",
      "where-false",
      "entered",
    ],
    ["a longer path", { customerId: "ben", path: ["pause", "remind"] }, "path", ["pause", "remind"], ["pause"]],
    ["a shorter path", { customerId: "ada", path: ["pause"] }, "path", ["pause"], ["pause", "remind", "tag"]],
    ["an outcome", { customerId: "ada", outcomes: { pause: "waiting" } }, "outcomes.pause", "waiting", "done"],
    [
      "a component not reached",
      { customerId: "ben", outcomes: { tag: "done" } },
      "outcomes.tag",
      "done",
      "not reached",
    ],
    ["a message", { customerId: "ben", messages: ["remind"] }, "messages", ["remind"], []],
    [
      "an included message",
      { customerId: "ben", messages: { include: ["remind"] } },
      "messages.include",
      ["remind"],
      [],
    ],
    [
      "an excluded message",
      { customerId: "ada", messages: { exclude: ["remind"] } },
      "messages.exclude",
      ["remind"],
      ["remind"],
    ],
    [
      "a time",
      { customerId: "ada", at: { remind: at(9) } },
      "at.remind",
      "2026-01-05T09:00:00.000Z",
      "2026-01-05T10:00:00.000Z",
    ],
    ["the end", { customerId: "ben", ended: "completed" }, "ended", "completed", "exited"],
    ["the reason of the exit", { customerId: "ben", reason: "journey-stopped" }, "reason", "journey-stopped", "bought"],
    ["goals", { customerId: "ada", goals: ["purchase"] }, "goals", ["purchase"], []],
    ["tags", { customerId: "ada", tags: ["reminded"] }, "tags", ["reminded"], ["a-tag", "reminded"]],
    ["an enrollment", { customerId: "cleo", ended: "completed" }, "enrollment", 1, "did not enter: where-false"],
    ["a third enrollment", { customerId: "eve", enrollment: 3, ended: "active" }, "enrollment", 3, "entered 2×"],
    ["totals", { messages: 4 }, "messages", 4, 1],
    ["totals of goals", { goals: { "cart/purchase": 2 } }, "goals.cart/purchase", 2, 1],
  ])("%s", async (_, expectation, member, expected, came) => {
    const { failures, problems } = await judged(expectation);
    expect(problems).toEqual([]);
    expect(failures).toMatchObject([{ path: `expect[0].${member}`, expected, came }]);
  });

  test("a failure marks the line at which the path first differs", async () => {
    const { failures } = await judged({ customerId: "ada", path: ["pause", "tag"] });
    expect(failures[0]).toMatchObject({ differsAt: { kind: "component", componentId: "remind" } });
    expect(failures[0]?.timeline[0]).toMatchObject({ kind: "entered", customerId: "ada" });
  });
});

describe("is a problem", () => {
  test.each<[string, object, string, string]>([
    ["an unknown customer", { customerId: "adda", entered: 1 }, "expect[0].customerId", "unknown-customer"],
    [
      "an unknown journey",
      { customerId: "ada", journeyId: "card", entered: 1 },
      "expect[0].journeyId",
      "unknown-journey",
    ],
    [
      "an unknown component in a path",
      { customerId: "ada", path: ["pause", "remid"] },
      "expect[0].path[1]",
      "unknown-component",
    ],
    [
      "an unknown component in outcomes",
      { customerId: "ada", outcomes: { remid: "done" } },
      "expect[0].outcomes.remid",
      "unknown-component",
    ],
    ["an unknown message", { customerId: "ada", messages: ["remid"] }, "expect[0].messages[0]", "unknown-component"],
    [
      "an unknown excluded message",
      { customerId: "ada", messages: { exclude: ["x"] } },
      "expect[0].messages.exclude[0]",
      "unknown-component",
    ],
    ["an unknown goal", { customerId: "ada", goals: ["sale"] }, "expect[0].goals[0]", "unknown-goal"],
    ["an unknown goal in totals", { goals: { "cart/sale": 1 } }, "expect[0].goals.cart/sale", "unknown-goal"],
    [
      "one of several enrollments",
      { customerId: "eve", ended: "completed" },
      "expect[0].enrollment",
      "ambiguous-enrollment",
    ],
    ["nothing expected", { customerId: "ada" }, "expect[0]", "missing-member"],
    ["an unknown member", { customerId: "ada", ends: "completed" }, "expect[0].ends", "unknown-member"],
    ["an unknown reason", { customerId: "ada", notEntered: "where-flase" }, "expect[0].notEntered", "bad-value"],
  ])("%s", async (_, expectation, path, code) => {
    const { failures, problems } = await judged(expectation);
    expect(failures).toEqual([]);
    expect(problems).toMatchObject([{ path, code }]);
  });

  test("no journeyId where there are two journeys", async () => {
    const journeys = [journey(), journey({ id: "other" })];
    expect(await judged({ customerId: "ada", entered: 1 }, { journeys })).toMatchObject({
      problems: [{ path: "expect[0].journeyId", code: "missing-member" }],
    });
    expect(await judged({ customerId: "ada", journeyId: "other", entered: 1 }, { journeys })).toMatchObject({
      failures: [],
      problems: [],
    });
  });

  test("documents with problems", async () => {
    const journeys = [journey({ start: "nowhere" })];
    expect((await judged({ entered: 1 }, { journeys })).problems[0]?.path).toBe("journeys[0].start");
  });

  test("a test without a name, or without expectations", () => {
    expect(checkJourneyTest({ ...scenario, expect: [] })).toMatchObject({
      problems: [{ path: "name" }, { path: "expect" }],
    });
  });
});

test("what was expected of an erased customer is still judged", async () => {
  const events = [started(9, "ada"), { at: at(11), event: "customer.deleted", id: "d", customerId: "ada" }];
  expect(
    await judged({ customerId: "ada", path: ["pause", "remind", "tag"], ended: "completed", tags: [] }, { events }),
  ).toMatchObject({ failures: [], problems: [] });
});

test("a scenario that does not end is a problem", async () => {
  const components = { again: { type: "wait", for: "PT1M", next: "again" } };
  const checked = checkJourneyTest({
    name: "a test",
    ...scenario,
    journeys: [journey({ start: "again", components, goals: [], exit: [] })],
    expect: [{ entered: 1 }],
  });
  if ("problems" in checked) throw new Error("The test is good.");
  expect(await runJourneyTest(checked.value, { left: 1000 })).toMatchObject({
    failures: [],
    problems: [{ path: "", code: "test-too-long" }],
  });
});
