/**
 * The release before is deployed, and customers enter and wait at every kind of place. Then the current code is deployed
 * over it: the tables keep their items, the executions go on, and every customer goes on to the end.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeployedStack } from "../../../stack/deployed/stack.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { unpackRelease } from "../../upgrade/kept-release.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

/** An hour takes a second, so these waits outlast the deployment on a busy machine, and each ends by what the test does. */
const LONG = "P60D";
/** This wait ends by itself, during the deployment or after it. */
const SHORT = "P1D";

const course = journey({
  id: "course",
  trigger: { event: "start" },
  exit: [{ id: "out", event: "leave" }],
  goals: [{ id: "sale", event: "buy" }],
  components: {
    mail: { type: "sendTemplate", template: "hello", next: "read" },
    read: { type: "messageStatusRule", message: "mail", status: "read", within: LONG, met: "answer", notMet: "late" },
    answer: {
      type: "waitFor",
      branches: [{ id: "yes", event: "said.yes", next: "again" }],
      within: LONG,
      otherwise: "late",
    },
    again: { type: "sendTemplate", template: "thanks" },
    late: { type: "addTag", tags: ["late"] },
  },
});
const timer = journey({
  id: "timer",
  trigger: { event: "rest" },
  components: {
    rest: { type: "wait", for: SHORT, next: "again" },
    again: { type: "sendTemplate", template: "thanks" },
  },
});
const changes = journey({
  id: "changes",
  trigger: { where: { field: "customer.plan", operator: "equals", value: "vip" } },
  exit: [{ id: "no-vip", where: { field: "customer.plan", operator: "equals", value: "basic" } }],
  components: { rest: { type: "wait", for: LONG } },
});
const parks = journey({
  id: "parks",
  trigger: { event: "park" },
  components: {
    rest: { type: "waitFor", branches: [{ id: "on", event: "go.on", next: "tag" }], within: LONG },
    tag: { type: "addTag", tags: ["after"] },
  },
});
const journeys = [course, timer, changes, parks];
const mail = (id: string) => ({ id, channel: "email", class: "marketing", subject: id, text: "Hello" });

let folder: string;
let run: Running;
/** First as the release before has deployed it, then as the current code has. */
let stack: DeployedStack;

const enrollment = async (customerId: string) => {
  const [only, ...others] = await stack.enrollments(customerId);
  return others.length === 0 ? only : undefined;
};
const enters = (name: string, customerId: string) =>
  stack.publish(name, { customerId, id: `${name}-${customerId}`, customer: { email: `${customerId}@shop.example` } });
const stands = (customerId: string, componentId: string) =>
  until(
    `${customerId} at ${componentId}`,
    async () => {
      const { position } = (await enrollment(customerId)) ?? {};
      return position?.componentId === componentId && position.waiting !== undefined;
    },
    { instead: () => enrollment(customerId) },
  );
const ends = (customerId: string, status: string) =>
  until(`the end of ${customerId}`, async () => (await enrollment(customerId))?.status === status, {
    seconds: 120,
    instead: () => enrollment(customerId),
  });
const mailOf = (customerId: string, subject: string) =>
  until(`the mail to ${customerId}`, async () =>
    (await run.inbox(`${customerId}@shop.example`)).find((each) => each.subject === subject),
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
  unpackRelease(folder);
  run = await running({ directory: folder });
  stack = run.stack;
  for (const template of [mail("hello"), mail("thanks")]) await stack.put("TemplatesTableName", template);
  for (const document of journeys) expect(await stack.save(document)).toMatchObject({ state: "published" });
  await run.untilFunctionsLookAgain();
  for (const customerId of ["reading", "answering", "left"]) await enters("start", customerId);
  await enters("park", "parked");
  await stack.publish("customer.updated", { customerId: "vip", id: "vip", customer: { plan: "vip" } });
  for (const customerId of ["reading", "answering", "left"]) await stands(customerId, "read");
  await run.reads(await mailOf("answering", "hello"));
  await stands("answering", "answer");
  await stack.publish("leave", { customerId: "left", id: "leave" });
  await ends("left", "exited");
  await stands("parked", "rest");
  expect(await run.journeys("hold", "parks")).toMatchObject({ exitCode: 0 });
  await run.untilFunctionsLookAgain();
  await stack.publish("go.on", { customerId: "parked", id: "on" });
  await until("the parked customer", async () => (await enrollment("parked"))?.parked !== undefined);
  await stands("vip", "rest");
  await enters("rest", "resting");
  await until("the entry", async () => (await enrollment("resting")) !== undefined);

  stack = await run.upgrade();
}, 300_000);
afterAll(async () => {
  await run?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe("a customer of the release before", () => {
  test("who waits until a mail is read goes on when it is read", async () => {
    await run.reads(await mailOf("reading", "hello"));
    await stands("reading", "answer");
  });

  test.each(["reading", "answering"])("who waits for an event goes on when it happens: %s", async (customerId) => {
    await stack.publish("said.yes", { customerId, id: `yes-${customerId}` });
    await ends(customerId, "completed");
    await mailOf(customerId, "thanks");
  });

  test("whose wait ends by itself goes on", async () => {
    await ends("resting", "completed");
    await mailOf("resting", "thanks");
  });

  test("who is parked goes on when the journey is no longer held", async () => {
    expect(await run.journeys("resume", "parks")).toMatchObject({ exitCode: 0 });
    await ends("parked", "completed");
  });

  test("who has left reaches a goal", async () => {
    await stack.publish("buy", { customerId: "left", id: "buy" });
    await until("the goal", async () => "sale" in ((await enrollment("left"))?.goals ?? {}));
    expect(await enrollment("left")).toMatchObject({ status: "exited", reason: "out" });
  });

  test("who meets an exit rule exits", async () => {
    await stack.publish("customer.updated", { customerId: "vip", id: "basic", customer: { plan: "basic" } });
    await ends("vip", "exited");
  });
});

test("a customer who comes after the upgrade enters the same version", async () => {
  await enters("park", "newcomer");
  await stands("newcomer", "rest");
  await stack.publish("go.on", { customerId: "newcomer", id: "on" });
  await ends("newcomer", "completed");
  const [earlier, later] = [await enrollment("parked"), await enrollment("newcomer")];
  expect(later?.journeyVersion).toBe(earlier?.journeyVersion);
});

test("nobody got a mail twice, each customer had one execution, none failed, and the counters equal the enrollments", async () => {
  const subjects = async (customerId: string) =>
    (await run.inbox(`${customerId}@shop.example`)).map((each) => each.subject);
  for (const customerId of ["reading", "answering"]) expect(await subjects(customerId)).toEqual(["hello", "thanks"]);
  expect(await subjects("left")).toEqual(["hello"]);
  expect(await subjects("resting")).toEqual(["thanks"]);
  for (const customerId of ["reading", "answering", "resting", "parked", "left", "vip"])
    expect((await enrollment(customerId))?.executions, customerId).toBe(1);
  const stateMachineArn = stack.output("StateMachineArn");
  const { executions } = await stack.executions.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: "FAILED" }),
  );
  expect(executions).toEqual([]);
  expect(await run.deadLetterReason()).toBeUndefined();
  for (const { id } of journeys) {
    const { out } = await run.journeys("recount", String(id), "--json");
    expect(JSON.parse(out), String(id)).toMatchObject({ differences: [] });
  }
});
