/**
 * Kills each function at each of its important calls, once just before and once just after the call's effect. Every
 * customer must still complete the journey, once.
 */
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { type Death, Deaths } from "./deaths.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

const walk = {
  id: "walk",
  name: "Walk",
  status: "active",
  trigger: { event: "go", entry: "always" },
  start: "mail",
  components: {
    mail: { type: "sendTemplate", template: "hello", next: "read" },
    // Two days take 48 seconds here.
    read: { type: "messageStatusRule", message: "mail", status: "read", within: "P2D", met: "tag", notMet: "tag" },
    tag: { type: "addTag", tags: ["walked"], next: "stay" },
    stay: { type: "wait", for: "P90D" },
  },
  exit: [{ id: "out", event: "leave" }],
};

type Row = readonly [of: string, call: string, nth: number, what: string];
/** Calls whose request holds the customer's id or address. */
const ofCustomers: readonly Row[] = [
  ["TriggerMatcher", "write", 1, "the event that lets in"],
  ["TriggerMatcher", "write", 2, "the enrollment"],
  ["TriggerMatcher", "StartExecution", 1, "the start"],
  ["TriggerMatcher", "write", 3, "the event that lets out"],
  ["Advance", "write", 1, "the claim"],
  ["Advance", "SendEmail", 1, "the mail"],
  ["Advance", "write", 2, "the record of the mail"],
  ["Advance", "write", 3, "the rule that is reached"],
  ["AwaitSignal", "write", 1, "the token"],
  ["MessageStatus", "write", 1, "the first report"],
  ["MessageStatus", "write", 2, "the second report"],
  ["ExitEvaluator", "PutEvents", 1, "the announcement of the entry"],
  ["ExitEvaluator", "write", 1, "the exit"],
];
/** Calls that name an execution only: the first customer is struck. */
const ofAnybody: readonly Row[] = [
  ["MessageStatus", "SendTaskSuccess", 1, "the signal"],
  ["ExitEvaluator", "StopExecution", 1, "the stop"],
];
const moments = ["before", "after"] as const;
const both = (rows: readonly Row[]) => rows.flatMap((row) => moments.map((when) => ({ row, when })));
const lives = [
  ...both(ofCustomers).map(({ row: [of, call, nth, what], when }, number) => {
    const who = `walker-${String(number).padStart(2, "0")}`;
    return { who, death: { of, when, call, nth, about: [who] } as Death, title: `${of}, ${when} ${what}` };
  }),
  ...["one", "two", "three"].map((who) => ({ who, death: undefined, title: "nobody in particular" })),
];
/** The death after which it is unknown whether the mail was sent, so that it is not sent again. */
const unsent = new Set(["Advance, after the claim", "Advance, before the mail"]);

const documents = both([
  ["JourneyPublisher", "PutItem", 1, "the version"],
  ["JourneyPublisher", "PutItem", 2, "the pointer"],
  ["JourneyPublisher", "UpdateItem", 1, "the outcome"],
]).map(({ row: [of, call, nth, what], when }) => {
  const id = `saved-${what.slice(4)}-${when}`;
  return { id, death: { of, when, call, nth, about: [id] } satisfies Death };
});

/**
 * The customers of one lane go one after the other. The deaths of one function are in one lane: a function that dies for
 * one customer leaves the work on the others in its batch to the next delivery, where a call may not come again. Few
 * lanes, because a batch of events comes at most five times.
 */
const lanes = [["TriggerMatcher"], ["Advance"], ["AwaitSignal", "MessageStatus"], ["ExitEvaluator", undefined]].map(
  (functions) => lives.filter(({ death }) => functions.includes(death?.of)),
);

const linux = process.platform === "linux";
const deaths = await new Deaths().start();
let run: Running;

describe.runIf(linux)("a function that dies in the middle of its work", () => {
  beforeAll(async () => {
    run = await running({ functionsEndpoint: deaths.endpoint });
    deaths.target = run.engine.endpoint;
    const template = { id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" };
    await run.stack.put("TemplatesTableName", template);
    expect(await run.stack.save(walk)).toMatchObject({ state: "published" });
    for (const queue of ["EventsQueueUrl", "StatusesQueueUrl"] as const)
      await run.stack.queues.send(
        // The messages of the dead function come again after that.
        new SetQueueAttributesCommand({ QueueUrl: run.stack.output(queue), Attributes: { VisibilityTimeout: "4" } }),
      );
    await run.untilFunctionsLookAgain();
    for (const { row, when } of both(ofAnybody)) deaths.arm({ of: row[0], when, call: row[1], nth: row[2] });
    await Promise.all(
      lanes.map(async (lane) => {
        for (const life of lane) await live(life);
      }),
    );
  }, 300_000);
  afterAll(async () => {
    await run?.stop();
    deaths.stop();
  }, 60_000);

  test.each(lives)("$title: $who goes all the way, once", async ({ who, title }) => {
    const enrollments = await run.stack.enrollments(who);
    expect(enrollments).toMatchObject([{ status: "exited", reason: "out" }]);
    expect(enrollments[0]?.steps.map(({ componentId }) => componentId)).toEqual(["mail", "read", "tag", "stay"]);
    const messages = JSON.stringify(enrollments[0]?.messages);
    expect(await run.inbox(`${who}@mail.example`), messages).toHaveLength(unsent.has(title) ? 0 : 1);
    const items = await run.stack.customer(who);
    expect(items.filter(({ sk }) => String(sk).startsWith("reason#"))).toEqual([]);
    expect(items.find(({ sk }) => sk === "profile")?.tags).toEqual(["walked"]);
  });

  test.each(documents)("$death.of, $death.when: $id is published as its first version", async ({ id, death }) => {
    deaths.arm(death);
    await run.stack.save({ ...walk, id });
    // The outcome may be there before the death: after it, the record comes again.
    await until(`the death of ${id}`, async () => !deaths.armed.has(death));
    expect(await run.stack.outcome(id)).toMatchObject({ state: "published", version: 1, problems: [] });
    expect((await run.stack.pointers()).find(({ journeyId }) => journeyId === id)).toMatchObject({ number: 1 });
    expect(await run.stack.get("JourneysTableName", { id, version: "v2" })).toBeUndefined();
  });

  test("afterwards every death has come, doctor finds nothing, and the counters say what the logs say", async () => {
    expect([...deaths.armed.keys()]).toEqual([]);
    const { out, exitCode } = await run.journeys("doctor", "--json");
    expect({ exitCode, ill: JSON.parse(out).findings.filter(({ state }: never) => state === "failing") }).toEqual({
      exitCode: 0,
      ill: [],
    });
    const recount = await run.journeys("recount", "walk");
    expect({ exitCode: recount.exitCode, said: recount.exitCode === 0 ? "" : recount.out + recount.err }).toEqual({
      exitCode: 0,
      said: "",
    });
    const counts = await run.stack.counts("walk");
    expect(counts).toMatchObject({ entered: lives.length, exited: lives.length });
    expect(counts["message.mail.sent"]).toBe(lives.length - unsent.size);
    const stateMachineArn = run.stack.output("StateMachineArn");
    const open = await run.stack.executions.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" }),
    );
    expect(open.executions?.map(({ name }) => name)).toEqual([]);
  }, 60_000);
});

/** In, read, and out again. */
async function live({ who, death }: { who: string; death: Death | undefined }): Promise<void> {
  if (death) deaths.arm(death);
  const becomes = (what: string, is: (enrollment: Enrollment) => unknown) =>
    until(`${who} ${what}`, async () => (await run.stack.enrollments(who)).find(is), {
      seconds: 100,
      instead: () => run.stack.enrollments(who),
    });
  await run.stack.publish("go", { id: `go-${who}`, customerId: who, customer: { email: `${who}@mail.example` } });
  await becomes("to wait for the report", ({ position, status }) => position.waiting?.token || status !== "active");
  for (const mail of await run.inbox(`${who}@mail.example`)) await run.reads(mail);
  await becomes("to stay", ({ position }) => position.componentId === "stay" && position.waiting);
  await run.stack.publish("leave", { id: `leave-${who}`, customerId: who });
  await becomes("to leave", ({ status }) => status !== "active");
  if (death) await until(`the death that ${who} is to see`, async () => !deaths.armed.has(death));
}
