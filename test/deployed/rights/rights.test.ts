/**
 * Least privilege on the deployed stack: the emulator asks no role for permission, so this test compares. Every request
 * of a function must be a permission of its role, and each permission is used in this walk or has a reason why it need
 * not be. `test/formats/rights.test.ts` does the same with every case of the functions, and without a deployment.
 */
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FunctionName } from "../../../lambdas/adapters/environment.ts";
import {
  execution,
  functionNames,
  functionOf,
  mayOf,
  neededFor,
  type Places,
  passing,
  runExecution,
  schedules,
} from "../../formats/permissions.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";
import { Recording } from "./recording.ts";

const [stop, describing] = [`states:StopExecution on ${execution}`, `states:DescribeExecution on ${execution}`];
const DESCRIBING_RUN = `states:DescribeExecution on ${runExecution}`;
const signal = "states:SendTaskSuccess on Machine/StateMachine";
const customers = (action: string) => `dynamodb:${action} on Tables/Customers.Arn`;
const readJourney = "dynamodb:GetItem on Tables/Journeys.Arn";
/** Of the functions that list all journeys. */
const journeys = [
  readJourney,
  ...["BatchGetItem", "Query"].map((action) => `dynamodb:${action} on Tables/Journeys.Arn`),
];
const readTemplate = "dynamodb:GetItem on Tables/Templates.Arn";

const OTHER_VIEW = "how a function reads journeys depends on which it has read before";
const SEGMENT = "no live journey names a segment";
const RACE = "only when two things happen at the same moment";
/** The client of SQS calls the address of the queue, and this is the emulator's own. */
const PAST_THE_PROXY = "a message for a queue does not pass the proxy; test/formats/rights.test.ts sees it";
const LATER = "only in a life of days, which test/formats/rights.test.ts plays";
const because = (reason: string, ...permissions: readonly string[]) =>
  Object.fromEntries(permissions.map((permission) => [permission, reason]));

const arming = (verb: string) => [`scheduler:${verb}Schedule on ${schedules}`];

/** Permissions that this walk need not use. */
const spared: Record<FunctionName, Readonly<Record<string, string>>> = {
  "trigger-matcher": {
    ...because(SEGMENT, readTemplate),
    ...because(OTHER_VIEW, ...journeys),
    ...because(RACE, signal, customers("DeleteItem")),
    ...because(LATER, customers("UpdateItem")),
    ...because(
      PAST_THE_PROXY,
      ...["Events/Queue", "Events/DeadLetters", "Entries/Queue"].map((queue) => `sqs:SendMessage on ${queue}.Arn`),
    ),
  },
  advance: {
    ...because(OTHER_VIEW, readJourney),
    ...because(LATER, customers("UpdateItem"), "dynamodb:GetItem on Tables/Counters.Arn"),
    ...because("no component here counts events", "dynamodb:Query on Tables/Customers.Arn/index/happened"),
    ...because("no component here checks a customer who did not change", customers("ConditionCheckItem")),
  },
  "await-signal": { ...because(OTHER_VIEW, readJourney), ...because(RACE, signal) },
  "exit-evaluator": {
    ...because(SEGMENT, readTemplate),
    ...because(OTHER_VIEW, ...journeys),
    ...because(RACE, customers("BatchWriteItem"), customers("DeleteItem"), signal, stop),
  },
  "message-status": {
    ...because(SEGMENT, readTemplate),
    ...because(OTHER_VIEW, readJourney),
    ...because(LATER, ...["GetItem", "Query", "PutItem"].map((action) => `dynamodb:${action} on Tables/Counters.Arn`)),
  },
  "journey-publisher": {
    ...because(OTHER_VIEW, ...journeys),
    ...because(OTHER_VIEW, "dynamodb:BatchGetItem on Tables/Templates.Arn", "dynamodb:GetItem on Tables/Templates.Arn"),
    ...because("no layout is saved", "dynamodb:Query on Tables/Templates.Arn/index/channel"),
    ...because("nobody is parked", "dynamodb:Query on Tables/Customers.Arn/index/active"),
    ...because("the schedule of a journey is new", ...["Update", "Delete"].flatMap(arming)),
    ...because(PAST_THE_PROXY, "sqs:SendMessage on StatusTasks/Queue.Arn"),
  },
  "journey-status": {
    ...because(OTHER_VIEW, readJourney),
    ...because(SEGMENT, readTemplate),
    ...because(PAST_THE_PROXY, "sqs:SendMessage on StatusTasks/Queue.Arn"),
    ...because(
      "no edit adds rules while customers are inside",
      "dynamodb:Query on Tables/Customers.Arn/index/happened",
    ),
    ...because("nobody is parked", signal),
  },
  reconciler: {
    ...because(OTHER_VIEW, ...journeys),
    ...because(
      "no execution is lost",
      signal,
      stop,
      describing,
      "states:StartExecution on Machine/StateMachine",
      customers("GetItem"),
      customers("PutItem"),
      "dynamodb:UpdateItem on Tables/Counters.Arn",
    ),
    ...because("no schedule is wrong", ...["Create", "Update", "Delete"].flatMap(arming), passing),
    ...because("no run is lost", "states:StartExecution on RunMachine/StateMachine", DESCRIBING_RUN),
  },
  unsubscribe: {},
  "audience-run": {
    ...because(OTHER_VIEW, readJourney),
    ...because(SEGMENT, readTemplate),
    ...because("no audience counts events", "dynamodb:Query on Tables/Customers.Arn/index/happened"),
    ...because(PAST_THE_PROXY, "sqs:SendMessage on Entries/Queue.Arn"),
    ...because("a person starts the run", ...["Create", "Update", "Delete"].flatMap(arming), passing),
  },
  "unsubscription-writer": {},
};

const recording = await new Recording().start();
const did = new Map<string, Set<string>>();
const mayDo = new Map<string, readonly string[]>();
let run: Running;

const letter = { id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" };
const journey = {
  id: "walk",
  name: "Walk",
  status: "active",
  trigger: { event: "go", entry: "always" },
  exit: [{ id: "out", event: "leave" }],
  start: "mail",
  components: {
    mail: { type: "sendTemplate", template: "hello", next: "read" },
    read: { type: "messageStatusRule", message: "mail", status: "read", within: "P60D", met: "say", notMet: "say" },
    say: { type: "emitEvent", event: "said", next: "stay" },
    stay: { type: "waitFor", branches: [{ id: "back", event: "back" }], within: "P90D" },
  },
};

/** The schedule of this journey is armed for a time years away. A person starts the run. */
const letters = {
  id: "letters",
  name: "Letters",
  status: "active",
  trigger: { schedule: { cron: "0 9 1 1 *" }, entry: "always" },
  start: "write",
  components: { write: { type: "addTag", tags: ["letters"] } },
};

const addressOf = (who: string) => `${who}@mail.example`;
const inside = async (who: string, journey: string) =>
  (await run.stack.enrollments(who)).filter(({ journeyId }) => journeyId === journey);
const enrollment = async (who: string) => (await inside(who, "walk"))[0];
const is = (who: string, what: (found: NonNullable<Awaited<ReturnType<typeof enrollment>>>) => unknown) =>
  until(
    who,
    async () => {
      const found = await enrollment(who);
      return found && what(found) ? found : undefined;
    },
    { instead: () => enrollment(who) },
  );
const waits = (who: string) => is(who, ({ position }) => position.waiting?.token);
const mailOf = (who: string) => until(`a mail to ${who}`, async () => (await run.inbox(addressOf(who)))[0]);

/**
 * One customer reads, unsubscribes and leaves, one is erased, one bounces, a run lets one in, and the journey is
 * stopped.
 */
async function walk(): Promise<void> {
  await run.stack.put("TemplatesTableName", letter);
  expect(await run.stack.save(journey)).toMatchObject({ state: "published" });
  for (const customerId of ["reads", "erased", "bounces", "stopped"])
    await run.stack.publish("go", { customerId, customer: { email: addressOf(customerId) } });
  for (const who of ["reads", "erased", "bounces", "stopped"]) await waits(who);
  const mail = await mailOf("reads");
  const link = mail.headers.find(({ name }) => name === "List-Unsubscribe")?.value.slice(1, -1) ?? "";
  expect((await fetch(link, { method: "POST", body: "List-Unsubscribe=One-Click" })).status).toBe(200);
  await run.reads(mail);
  await is("reads", ({ position, steps }) => steps.length === 4 && position.waiting?.token);
  await run.reports(await mailOf("bounces"), "Bounce");
  await run.stack.publish("leave", { customerId: "reads", id: "leave" });
  await is("reads", ({ status }) => status === "exited");
  await run.stack.publish("customer.deleted", { customerId: "erased" });
  await until("the erasure", async () => (await enrollment("erased")) === undefined);
  expect(await run.stack.save(letters)).toMatchObject({ state: "published" });
  const started = await run.journeys("enter", "letters", "--all", "--yes", "--json");
  expect(started.exitCode, started.err).toBe(0);
  await until("the run", async () => (await inside("stopped", "letters"))[0]);
  await run.stack.publish("go", { customerId: 7 });
  await until("the dead letter", () => run.deadLetterReason());
  await run.stack.save({ ...journey, status: "stopped" });
  await is("stopped", ({ status }) => status === "exited");
  const lambda = new LambdaClient(run.engine.client);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const FunctionName = Functions.find((each) => functionOf(each.FunctionName ?? "") === "reconciler")?.FunctionName;
  await lambda.send(new InvokeCommand({ FunctionName }));
}

/** The emulator names resources by their logical ids. */
const places: Places = {
  table: (name) => /Tables(Customers|Counters|Journeys|Templates)/.exec(name)?.[1] ?? name,
  queue(url) {
    if (url === run.stack.output("EventsQueueUrl")) return "Events/Queue";
    if (url === run.stack.output("EventsDeadLetterQueueUrl")) return "Events/DeadLetters";
    if (url === run.stack.output("EntriesQueueUrl")) return "Entries/Queue";
    return url === run.stack.output("StatusTasksQueueUrl") ? "StatusTasks/Queue" : url;
  },
  machine: (arn) => (arn.includes("-Runs") ? "RunMachine/StateMachine" : "Machine/StateMachine"),
  secret: (id) => (id === run.stack.output("AddressKeyArn") ? "AddressKey/Key" : "Unsubscribe/SigningSecret"),
};

describe.runIf(process.platform === "linux")("on the deployed stack", () => {
  beforeAll(async () => {
    run = await running({ functionsEndpoint: recording.endpoint });
    recording.target = run.engine.endpoint;
    for (const name of functionNames) mayDo.set(name, mayOf(name));
    await walk();
    for (const { caller, action, input } of recording.noted) {
      const name = functionOf(caller) ?? `unknown: ${caller}`;
      const needed = neededFor(action, input, places) ?? [`No permission is known for ${action}.`];
      did.set(name, new Set([...(did.get(name) ?? []), ...needed]));
    }
  }, 300_000);
  afterAll(async () => {
    await run?.stop();
    recording.stop();
  }, 60_000);

  test("every request came from a function of the stack, and every function sent one", () => {
    expect([...did.keys()].sort()).toEqual([...functionNames].sort());
  });

  test.each(functionNames)("%s may do all that it did, and did all that it may, or need not", (name) => {
    const [may, done] = [mayDo.get(name) ?? [], did.get(name) ?? new Set<string>()];
    expect([...done].filter((permission) => !may.includes(permission))).toEqual([]);
    expect(may.filter((permission) => !done.has(permission) && !(permission in spared[name]))).toEqual([]);
    expect(Object.keys(spared[name]).filter((permission) => !may.includes(permission))).toEqual([]);
  });
});
