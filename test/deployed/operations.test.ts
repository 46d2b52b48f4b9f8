/** What an operator does to the deployed stack, by the command line: see, explain, repair, erase. */
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Item } from "../../cli/deployed/stack.ts";
import { deadLetters } from "../../cli/redrive/queues.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

const letter = {
  id: "hello",
  channel: "email",
  class: "marketing",
  subject: "Hello {{ customer.firstName }}",
  html: "<p>Hello</p>",
};

/** By country to a mail and a rule, or out at once; a purchase is a goal and an exit. */
const cart = {
  id: "cart",
  name: "Cart",
  status: "active",
  trigger: {
    event: "checkout.started",
    entry: "once",
    where: { field: "event.total", operator: "greaterThan", value: 20 },
    audience: { field: "customer.country", operator: "oneOf", value: ["DE", "AT"] },
  },
  exit: [{ id: "bought", event: "order.placed" }],
  goals: [{ id: "sale", event: "order.placed" }],
  start: "remind",
  components: {
    remind: { type: "sendTemplate", template: "hello", next: "was-read" },
    "was-read": {
      type: "messageStatusRule",
      message: "remind",
      status: "read",
      within: "P30D",
      met: "engaged",
      notMet: "cold",
    },
    engaged: { type: "addTag", tags: ["engaged"] },
    cold: { type: "addTag", tags: ["cold"] },
  },
};

let run: Running;
beforeAll(async () => {
  run = await running();
  await run.stack.put("TemplatesTableName", letter);
  expect(await run.stack.save(cart)).toMatchObject({ state: "published", version: 1 });
  // Functions look again at what is live when their view of it is five seconds old.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await Promise.all([
    checkout("ada", 59),
    checkout("ben", 59),
    checkout("cyd", 59, { country: "FR" }),
    checkout("dan", 5),
  ]);
  await waits("ada");
  await waits("ben");
  const [mail] = await run.inbox("ada@mail.example");
  if (mail) await run.reads(mail);
  await is("ada", ({ status }) => status === "completed");
  await run.stack.publish("order.placed", { customerId: "ben", id: "order-ben" });
  await is("ben", ({ status }) => status === "exited");
  await until("reasons", async () => {
    const items = [...(await run.stack.customer("cyd")), ...(await run.stack.customer("dan"))];
    return items.filter(({ sk }) => String(sk).startsWith("reason#")).length === 2;
  });
}, 240_000);
afterAll(() => run?.stop(), 60_000);

function checkout(customerId: string, total: number, customer: Item = {}) {
  return run.stack.publish("checkout.started", {
    id: `checkout-${customerId}`,
    customerId,
    data: { total },
    customer: { email: `${customerId}@mail.example`, firstName: customerId, country: "DE", ...customer },
  });
}

const is = (customerId: string, what: (enrollment: Enrollment) => unknown) =>
  until(customerId, async () => (await run.stack.enrollments(customerId)).find(what), {
    instead: () => run.stack.enrollments(customerId),
  });
const waits = (customerId: string) => is(customerId, ({ position }) => position.waiting?.token);

const json = async (...args: string[]) => {
  const { exitCode, out, err } = await run.journeys(...args, "--json");
  return { exitCode, err, answer: out === "" ? undefined : JSON.parse(out) };
};

describe("stats", () => {
  test("counts who came in, where they went, messages and goals", async () => {
    const { exitCode, answer } = await json("stats", "cart");
    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({
      journeyId: "cart",
      version: 1,
      status: "active",
      entered: 2,
      active: 0,
      completed: 1,
      exited: { total: 1, reasons: { bought: 1 } },
      failed: { total: 0 },
      goals: [{ goalId: "sale", reached: 1, conversion: 0.5 }],
    });
    expect(answer.components).toMatchObject([
      { componentId: "remind", entered: 2, here: 0, left: { done: 2 } },
      { componentId: "was-read", entered: 2, here: 0, left: { met: 1, notMet: 0, exited: 1 } },
      { componentId: "engaged", entered: 1, left: { done: 1 } },
      { componentId: "cold", entered: 0 },
    ]);
    expect(answer.messages).toMatchObject([{ componentId: "remind", sent: 2, statuses: { read: 1 } }]);
  });

  test("of one version are counted from the logs, and say how long a goal took", async () => {
    const { answer } = await json("stats", "cart", "--version", "1");
    expect(answer).toMatchObject({ version: 1, entered: 2, completed: 1, goals: [{ goalId: "sale", reached: 1 }] });
    expect(answer.goals[0].medianSeconds).toBeGreaterThan(0);
    const { exitCode, err } = await run.journeys("stats", "cart", "--version", "7");
    expect([exitCode, err]).toEqual([2, 'The journey "cart" has no version 7. The newest is 1.\n']);
  });

  test("for people are a table without colour where nobody sees it", async () => {
    const { out } = await run.journeys("stats", "cart");
    expect(out).toContain("2 entered: 0 inside, 1 completed, 1 exited (bought 1), 0 failed.");
    expect(out).toMatch(/was-read +Message status rule +2 +0 +met 1, notMet 0, exited 1/);
    expect(out).not.toContain("\u001b");
  });
});

describe("customer", () => {
  test("has the whole way with times, messages, goals and the execution", async () => {
    const { exitCode, answer } = await json("customer", "ben");
    expect(exitCode).toBe(0);
    const [enrollment] = answer.enrollments;
    expect(enrollment).toMatchObject({ status: "exited", reason: "bought", journeyId: "cart" });
    expect(enrollment.steps.map(({ componentId, outcome }: Item) => [componentId, outcome])).toEqual([
      ["remind", "done"],
      ["was-read", "exited"],
    ]);
    expect(enrollment.execution.console).toMatch(
      /^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/states\/home\?region=eu-central-1#\/v2\/executions\/details\/arn:aws:states:.*:execution:/,
    );
    expect(enrollment.execution.arn).toContain(`${enrollment.enrollmentId}-1`);
    expect(answer.events.map(({ name }: Item) => name)).toEqual(["checkout.started", "order.placed"]);
  });

  test("for people says the same; reasons in words", async () => {
    const { out } = await run.journeys("customer", "cyd");
    expect(out).toMatch(/country +"FR"/);
    expect(out).toContain("not in the audience (audience-false)");
    const ada = await run.journeys("customer", "ada");
    expect(ada.out).toMatch(/was-read +Message status rule +met +remind read = "2026-/);
    expect(ada.out).toMatch(/remind +Send template +done +hello sent, delivered .*, read /);
  });

  test("has the data at each decision, and says what has changed since", async () => {
    const total = { field: "event.total", operator: "greaterThan", value: 20 };
    const german = { field: "customer.country", operator: "equals", value: "DE" };
    const components = {
      sort: { type: "condition", branches: [{ when: { all: [total, german] }, next: "big" }] },
      big: { type: "addTag", tags: ["big"] },
    };
    await run.stack.save({
      id: "sorting",
      name: "Sorting",
      status: "active",
      trigger: { event: "bag.filled" },
      start: "sort",
      components,
    });
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await run.stack.publish("bag.filled", {
      customerId: "lea",
      id: "bag",
      data: { total: 30 },
      customer: { country: "DE" },
    });
    await is("lea", ({ status }) => status === "completed");
    const saw = async () => (await json("customer", "lea")).answer.enrollments[0].steps[0].decision;
    expect(await saw()).toEqual({
      saw: [
        { what: "event.total", value: 30 },
        { what: "customer.country", value: "DE" },
      ],
    });
    await run.stack.publish("customer.updated", { customerId: "lea", customer: { country: "AT" } });
    const changed = { what: "customer.country", value: "AT", changedAt: expect.stringMatching(/^2026-/) };
    await until("the change", async () => (await saw()).saw[1].value === "AT");
    expect(await saw()).toEqual({ saw: [{ what: "event.total", value: 30 }, changed] });
    const { out } = await run.journeys("customer", "lea");
    expect(out).toMatch(/sort +Condition +big +event\.total = 30, customer\.country = "AT" \(now; changed 2026-/);
    const svg = await run.journeys("draw", "sorting", "--customer", "lea", "--svg");
    expect(svg.out).toMatch(/<title>Condition: sort: [^<]*event\.total = 30, customer\.country =/);
  }, 60_000);

  test("who is inside is told without the token by which they are woken", async () => {
    await checkout("tok", 59);
    const { position } = await waits("tok");
    const { out } = await run.journeys("customer", "tok", "--json");
    expect(out).toContain('"waiting"');
    expect(out).not.toContain(position.waiting?.token);
    await run.stack.publish("order.placed", { customerId: "tok" });
    await is("tok", ({ status }) => status === "exited");
  });

  test("of whom nothing is stored: exit code 1 and a sentence", async () => {
    const { exitCode, err } = await run.journeys("customer", "nobody");
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/^Nothing is stored about a customer "nobody"/)]);
  });
});

describe("draw", () => {
  test("--customer marks the way that was taken and pales the rest", async () => {
    const { exitCode, out } = await run.journeys("draw", "cart", "--customer", "ada");
    expect(exitCode).toBe(0);
    expect(out).toMatch(/c_was_read\{".* met<br\/>remind read = /);
    const pale = /^ {2}class (.+) pale$/m.exec(out)?.[1]?.split(",");
    expect(pale).toContain("c_cold");
    expect(pale).not.toContain("c_engaged");
    const svg = await run.journeys("draw", "cart", "--customer", "ada", "--svg");
    expect(svg.out).toMatch(/<g opacity="\.35"><title>Add tag: cold/);
    expect(svg.out).toMatch(/<g><title>Add tag: engaged/);
  });

  test("of a customer who was never there says what to ask", async () => {
    const { exitCode, out, err } = await run.journeys("draw", "cart", "--customer", "cyd");
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toContain("journeys why cyd cart");
  });
});

describe("why", () => {
  test.each([
    [
      "cyd",
      "audience-false",
      'customer.country is "FR", wanted is one of "DE", "AT" (by the data that is stored now).',
    ],
    ["dan", "where-false", "event.total is 5, it must be more than 20 (by the data that is stored now)."],
  ])("%s did not enter: %s", async (who, reason, because) => {
    const { exitCode, answer } = await json("why", who, "cart");
    expect(exitCode).toBe(0);
    expect(answer.attempts).toMatchObject([
      { entered: false, event: "checkout.started", eventId: `checkout-${who}`, reason, because },
    ]);
    expect(answer.now).toMatchObject({ enters: false, reason });
  });

  test("what has changed since is told", async () => {
    await checkout("eve", 59, { country: "FR" });
    await until("the reason", async () =>
      (await run.stack.customer("eve")).some(({ sk }) => String(sk).startsWith("reason#")),
    );
    await run.stack.publish("customer.updated", { customerId: "eve", customer: { country: "AT" } });
    await until("the change", async () => {
      const profile = await run.stack.get("CustomersTableName", { customerId: "eve", sk: "profile" });
      return (profile?.attributes as Item | undefined)?.country === "AT";
    });
    const { out } = await run.journeys("why", "eve", "cart");
    expect(out).toContain("It is met by the data that is stored now");
    expect(out).toContain("With the newest checkout.started now, the customer would enter.");
  });

  test("who has entered did so by an event, once", async () => {
    await run.stack.publish("checkout.started", { customerId: "ada", id: "again", data: { total: 59 } });
    await until("the reason", async () =>
      (await run.stack.customer("ada")).some(({ sk }) => String(sk).startsWith("reason#")),
    );
    const { out } = await run.journeys("why", "ada", "cart");
    expect(out).toMatch(/entered version 1 on checkout\.started \(checkout-ada\): completed/);
    expect(out).toMatch(/entry-limit: A customer may enter only once\. The customer has entered 1×, last on /);
  });

  test("nothing known: exit code 1; a journey that does not exist: exit code 2 and its likely name", async () => {
    expect((await run.journeys("why", "nobody", "cart")).exitCode).toBe(1);
    const { exitCode, err } = await run.journeys("why", "ada", "carts");
    expect([exitCode, err]).toEqual([2, 'There is no journey "carts" in the stack. Did you mean "cart"?\n']);
  });
});

describe("recount", () => {
  test("finds what differs, changes nothing without --repair, and with it puts it right", async () => {
    expect((await json("recount", "cart")).answer).toMatchObject({ differences: [], repaired: false });
    const before = await run.stack.counts("cart");
    await add("cart#3", "journey", "completed", 5);
    await add("cart#0", "message.remind", "sent", -1);
    const { exitCode, answer } = await json("recount", "cart");
    expect(exitCode).toBe(1);
    expect(answer.differences).toEqual([
      { name: "completed", counter: (before.completed ?? 0) + 5, logs: before.completed },
      {
        name: "message.remind.sent",
        counter: (before["message.remind.sent"] ?? 0) - 1,
        logs: before["message.remind.sent"],
      },
    ]);
    expect(await run.stack.counts("cart")).not.toEqual(before);
    const repaired = await run.journeys("recount", "cart", "--repair");
    expect([repaired.exitCode, repaired.out]).toEqual([0, expect.stringContaining("cart: 2 repaired.")]);
    expect(await run.stack.counts("cart")).toEqual(before);
    expect((await run.journeys("recount", "cart")).out).toBe("cart: counters and logs agree.\n");
  });

  const add = (journey: string, scope: string, name: string, amount: number) =>
    run.stack.items.send(
      new UpdateCommand({
        TableName: run.stack.output("CountersTableName"),
        Key: { journey, scope },
        UpdateExpression: "ADD #name :amount",
        ExpressionAttributeNames: { "#name": name },
        ExpressionAttributeValues: { ":amount": amount },
      }),
    );
});

describe("redrive", () => {
  const dead = (MessageBody: string, reason?: string) =>
    run.stack.queues.send(
      new SendMessageCommand({
        QueueUrl: run.stack.output("EventsDeadLetterQueueUrl"),
        MessageBody,
        ...(reason && { MessageAttributes: { reason: { DataType: "String", StringValue: reason } } }),
      }),
    );
  const delivery = (customerId: string) =>
    JSON.stringify({
      id: `delivery-${customerId}`,
      source: "shop",
      "detail-type": "checkout.started",
      time: new Date().toISOString(),
      detail: { customerId, data: { total: 59 }, customer: { email: `${customerId}@mail.example`, country: "DE" } },
    });
  const letters = async () => (await json("redrive", "--list")).answer.letters as Item[];

  test("lists with reasons, replays so that the customer enters, drops only with --yes", async () => {
    await dead(delivery("fay"));
    await dead("{}", "detail.customerId: missing-member: Add it.");
    const listed = await until("both letters", async () => {
      const found = await letters();
      return found.length === 2 && found;
    });
    const failed = listed.find(({ what }) => what === "checkout.started");
    const rejected = listed.find(({ what }) => what === "?");
    expect(failed).toMatchObject({ queue: "events", customerId: "fay", rejected: false });
    expect(rejected).toMatchObject({ reason: "detail.customerId: missing-member: Add it.", rejected: true });

    const refused = await run.journeys("redrive", "--drop");
    expect([refused.exitCode, (await letters()).length]).toEqual([2, 2]);

    const replayed = await json("redrive", String(failed?.messageId));
    expect([replayed.exitCode, replayed.answer.letters.length]).toEqual([0, 1]);
    await waits("fay");
    expect((await letters()).map(({ messageId }) => messageId)).toEqual([rejected?.messageId]);

    const dropped = await json("redrive", "--drop", "--yes");
    expect([dropped.exitCode, dropped.answer.letters.length, await letters()]).toEqual([0, 1, []]);
    expect((await run.journeys("redrive", "gone")).exitCode).toBe(1);
  });

  test("a poison event that is replayed comes back with its reason, and the replay ends", async () => {
    await run.stack.publish("checkout.started", { customer: "nobody" });
    await until("the letter", async () => (await letters()).length === 1);
    expect((await json("redrive")).answer.letters).toHaveLength(1);
    const back = await until("it to come back", async () => {
      const [first] = await letters();
      return first;
    });
    expect(back).toMatchObject({ rejected: true, reason: expect.stringContaining("customerId") });
  });
});

describe("erase", () => {
  test("needs --yes, and without it changes nothing", async () => {
    const before = await run.stack.customer("ben");
    const { exitCode, err } = await run.journeys("erase", "ben");
    expect([exitCode, err]).toEqual([2, expect.stringContaining("--yes")]);
    expect(await run.stack.customer("ben")).toEqual(before);
  });

  test("leaves a tombstone and nothing else in any table, and counters that still hold", async () => {
    const { exitCode, answer } = await json("erase", "ben", "--yes", "--everywhere");
    expect([exitCode, answer.left]).toEqual([0, []]);
    expect(answer.found).toBeGreaterThan(3);
    expect(await run.stack.customer("ben")).toEqual([expect.objectContaining({ sk: "profile", attributes: {} })]);
    expect((await json("recount", "cart")).answer).toMatchObject({ differences: [] });
  });

  test("finds where somebody else's items name the customer: exit code 1", async () => {
    await checkout("gus", 5);
    await run.stack.publish("invited", { customerId: "hal", id: "invited-hal", data: { by: "gus" } });
    await until(
      "both",
      async () => (await run.stack.customer("hal")).length > 0 && (await run.stack.customer("gus")).length > 1,
    );
    const { exitCode, answer } = await json("erase", "gus", "--yes", "--everywhere");
    expect([exitCode, answer.left]).toEqual([1, [{ table: "customers", key: "hal event#invited-hal" }]]);
  });
});

describe("doctor", () => {
  const areas = ({ answer }: { answer: { findings: Item[] } }) =>
    answer.findings.filter(({ state }) => state === "failing").map(({ area }) => area);

  test("finds the problems of the stack, and after the commands that it names the stack is healthy", async () => {
    await run.stack.save({ ...cart, start: "nowhere" });
    await until("a dead letter", async () => (await json("redrive", "--list")).answer.letters.length > 0);
    const ill = await json("doctor");
    expect(ill.exitCode).toBe(1);
    expect(areas(ill)).toEqual(["dead letters of events", "journey cart"]);
    await run.journeys("redrive", "--drop", "--yes");
    await run.stack.save(cart);
    const well = await json("doctor");
    expect(areas(well)).toEqual([]);
    expect(well.exitCode).toBe(0);
    const { out } = await run.journeys("doctor");
    expect(out).toContain("The stack is healthy.");
    expect(out).toMatch(/open executions +\d+, of a quota of 1000000/);
  });

  test("an execution that somebody stopped by hand is missed", async () => {
    await checkout("ida", 59);
    const { enrollmentId } = await waits("ida");
    const { answer } = await json("customer", "ida");
    expect(answer.enrollments).toMatchObject([{ enrollmentId }]);
    const openNow = async () =>
      (await json("doctor")).answer.findings.find(({ area }: Item) => area === "open executions");
    expect((await openNow()).state).toBe("ok");
    await run.stack.executions.send(new StopExecutionCommand({ executionArn: answer.enrollments[0].execution.arn }));
    const missed = await until("it to be missed", async () => {
      const finding = await openNow();
      return finding.state === "note" && finding;
    });
    expect(missed.forCustomers).toMatch(/^1 customer inside without an execution/);
  });

  const cloudwatch = () => {
    const { region, credentials, endpoint } = run.stack.queues.config;
    return new CloudWatchClient({ region, credentials, ...(endpoint && { endpoint }) });
  };

  test("what CloudWatch measures is looked up by the alarms: how late streams are, when the reconciler ran", async () => {
    const { MetricAlarms = [] } = await cloudwatch().send(new DescribeAlarmsCommand({}));
    for (const [MetricName, Value] of [
      ["IteratorAge", 7_000],
      ["Invocations", 1],
    ] as const) {
      const { Namespace, Dimensions } = MetricAlarms.find((alarm) => alarm.MetricName === MetricName) ?? {};
      const MetricData = [{ MetricName, Value, Dimensions, Timestamp: new Date() }];
      await cloudwatch().send(new PutMetricDataCommand({ Namespace, MetricData }));
    }
    const { answer } = await json("doctor");
    const what = (area: string) => answer.findings.find((finding: Item) => finding.area === area)?.what;
    expect(what("changes of customers")).toMatch(/^handled within \d+ s\.$/);
    expect(what("reconciler")).toMatch(/^ran at 20/);
  });

  test("an alarm that rings is told in its own words", async () => {
    const { MetricAlarms = [] } = await cloudwatch().send(new DescribeAlarmsCommand({}));
    const AlarmName = MetricAlarms.find(({ AlarmName: name }) => name?.includes("ReconcilerSilent"))?.AlarmName;
    const become = (StateValue: "ALARM" | "OK") =>
      cloudwatch().send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "a test" }));
    await become("ALARM");
    const { exitCode, answer } = await json("doctor");
    expect(exitCode).toBe(1);
    expect(answer.findings.filter(({ state }: Item) => state === "failing")).toEqual([
      {
        area: expect.stringMatching(/^alarm \w*ReconcilerSilent\w*$/),
        state: "failing",
        what: "The reconciler has not run for 15 minutes.",
        forCustomers: expect.stringContaining("do not go on"),
        doFirst: expect.stringContaining("journeys doctor"),
      },
    ]);
    await become("OK");
    expect((await json("doctor")).exitCode).toBe(0);
  });
});

/** Last, because the letter stays hidden for two minutes, and then shows again. */
test("a replay that dies between sending and deleting has lost nothing", async () => {
  const { queues } = run.stack;
  const QueueUrl = run.stack.output("EventsDeadLetterQueueUrl");
  const detail = { customerId: "joe", data: { total: 59 }, customer: { email: "joe@mail.example", country: "DE" } };
  const time = new Date().toISOString();
  const MessageBody = JSON.stringify({ id: "d-joe", source: "shop", "detail-type": "checkout.started", time, detail });
  await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  queues.middlewareStack.add(
    (next, { commandName }) =>
      commandName === "DeleteMessageCommand" ? () => Promise.reject(new Error("Died.")) : next,
    { step: "initialize", name: "dying" },
  );
  await expect(Array.fromAsync(deadLetters(new Set(), "replay", run.stack))).rejects.toThrow("Died.");
  queues.middlewareStack.remove("dying");
  await waits("joe");
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessagesNotVisible"] }),
  );
  expect(Attributes?.ApproximateNumberOfMessagesNotVisible).toBe("1");
});

test.each([["stats"], ["customer"], ["draw"], ["why"], ["recount"], ["redrive"], ["erase"], ["doctor"]])(
  "%s: of a stack that is not there, a sentence and exit code 2",
  async (command) => {
    const operands: Record<string, string[]> = { redrive: [], doctor: [], why: ["a", "b"], erase: ["a", "--yes"] };
    const { exitCode, out, err } = await run.journeys(command, ...(operands[command] ?? ["a"]), "--stack", "Nowhere");
    expect([exitCode, out, err]).toEqual([2, "", expect.stringContaining('There is no stack "Nowhere"')]);
  },
);
