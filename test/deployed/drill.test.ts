/**
 * The operator's drill: each test breaks the stack in one way, `doctor` reports the problem, the command that it names
 * fixes it, and no customer has missed a step or got a mail twice.
 */
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { limitMails, mails } from "../../local/mailbox.ts";
import type { Item } from "../../stack/deployed/stack.ts";
import {
  becomes,
  CROWD,
  command,
  doctor,
  enters,
  file,
  finds,
  isWell,
  lambda,
  nameOf,
  openDrill,
  rests,
  run,
  signUp,
  welcome,
} from "./drill-stack.ts";
import { until } from "./waiting.ts";

beforeAll(openDrill, 180_000);
afterAll(() => run?.stop(), 60_000);

test("a poison event: the reason is listed, the corrected event is sent, the dead letter is dropped", async () => {
  await run.stack.publish("signed.up", signUp("poisoned", 7));
  await finds("dead letters of events", "journeys redrive --list");
  expect((await run.journeys("redrive", "--list")).out).toContain("detail.customer: ");
  await command("send", file("event.json", { event: "signed.up", ...signUp("poisoned") }));
  await command("redrive", "--drop", "--yes");
  await rests("poisoned");
  await isWell();
}, 120_000);

test("a broken edit: customers inside and new ones go on as before; a valid document is published", async () => {
  await run.stack.save({ ...welcome, start: "nowhere" });
  await enters("edited");
  await finds("journey welcome", "journeys publish", "nowhere");
  await command("publish", file("welcome.json", welcome));
  await isWell();
}, 120_000);

test("a throttled SES: nothing is lost, and with a higher quota every customer gets the mail", async () => {
  await becomes("edited", "to end", ({ status }) => status === "completed");
  await becomes("poisoned", "to end", ({ status }) => status === "completed");
  const soFar = (await mails(run.engine)).length;
  await limitMails(run.engine, soFar);
  await enters("throttled");
  await becomes("throttled", "to enter", ({ status }) => status === "active");
  await finds("email", "ask for a higher sending quota", `${soFar} of ${soFar} mails`);
  expect(await run.inbox("throttled@mail.example")).toEqual([]);
  await limitMails(run.engine, 50_000);
  await rests("throttled");
  await isWell();
}, 120_000);

test("a killed execution: doctor reports it, and the reconciler starts another that goes on from the same place", async () => {
  await enters("killed");
  const { enrollmentId } = await rests("killed");
  const machine = run.stack.output("StateMachineArn").replace(":stateMachine:", ":execution:");
  await run.stack.executions.send(new StopExecutionCommand({ executionArn: `${machine}:${enrollmentId}-1` }));
  await becomes("throttled", "to end", ({ status }) => status === "completed");
  const { out } = await run.journeys("doctor", "--json");
  const missed = (JSON.parse(out).findings as Item[]).find(({ area }) => area === "open executions");
  expect(missed).toMatchObject({ state: "note", forCustomers: expect.stringMatching(/^1 customer inside without/) });
  expect(missed?.doFirst).toContain("reconciler");
  // Six hours take six seconds here; then the next step is overdue.
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  await lambda("POST", `${await nameOf("Reconciler")}/invocations`, {});
  expect(await becomes("killed", "to end", ({ status }) => status === "completed")).toMatchObject({ executions: 2 });
  await isWell();
}, 120_000);

test("a failing function: its events go to the dead-letter queue and are replayed when the function works again", async () => {
  const configuration = `${await nameOf("TriggerMatcher")}/configuration`;
  const { Handler } = await lambda("GET", configuration);
  const QueueUrl = run.stack.output("EventsQueueUrl");
  const triedAgainAfter = (seconds: string) =>
    run.stack.queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: seconds } }));
  await triedAgainAfter("1");
  await lambda("PUT", configuration, { Handler: "index.gone" });
  await enters("unheard");
  await finds("dead letters of events", "journeys redrive");
  expect(await run.stack.customer("unheard")).toEqual([]);
  await lambda("PUT", configuration, { Handler });
  await triedAgainAfter("180");
  await command("redrive");
  await rests("unheard");
  await isWell();
}, 180_000);

test("a complaint spike: the journey is stopped, and customers inside get no second mail", async () => {
  const annoyed = Array.from({ length: 5 }, (_, who) => `annoyed-${who}`);
  const inside = [...annoyed, "spared"];
  for (const who of inside) await run.stack.publish("news.wanted", signUp(who));
  for (const who of inside) await rests(who);
  for (const who of annoyed)
    for (const mail of await run.inbox(`${who}@mail.example`)) await run.reports(mail, "Complaint");
  await finds("complaints in news", "journeys stop news", "5 of 6 emails");
  await command("stop", "news", "--yes");
  await isWell();
  for (const who of inside) {
    expect(await run.stack.enrollments(who)).toMatchObject([{ status: "exited", reason: "journey-stopped" }]);
    expect((await run.inbox(`${who}@mail.example`)).map(({ subject }) => subject)).toEqual(["hello"]);
  }
  expect(await run.stack.counts("news")).toMatchObject({ entered: 6, exited: 6, "message.hello.complained": 5 });
}, 120_000);

test("a spike for which SES would pause the account: the breaker holds marketing until a person resumes it", async () => {
  const crowd = Array.from({ length: CROWD }, (_, who) => `crowd-${who}`);
  await Promise.all(crowd.map((who) => run.stack.publish("offers.wanted", signUp(who))));
  const written = async () => (await run.stack.counts("offers"))["message.hello.sent"] === CROWD;
  await until("everybody to be written to", written, { seconds: 120 });
  for (const who of crowd.slice(0, 5))
    for (const mail of await run.inbox(`${who}@mail.example`)) await run.reports(mail, "Complaint");
  const held = () => run.stack.held("offers");
  expect(await until("the marketing to be held", held)).toMatchObject({ kind: "complaints", reports: 5, sent: CROWD });
  const { findings } = await doctor();
  expect(findings.map(({ area }) => area)).toEqual(["complaints in offers", "marketing of offers"]);
  expect((await run.journeys("list")).out).toMatch(/offers .*active, circuit breaker open/);
  expect((await run.journeys("show", "offers")).out).toContain("5 complaints of 100 messages");
  await run.untilFunctionsLookAgain();

  await run.stack.publish("offers.wanted", signUp("late"));
  const waits = await becomes("late", "to wait", ({ steps }) => steps.at(-1)?.outcome === "waiting");
  expect(waits.steps).toMatchObject([{ componentId: "hello", reason: "breaker-open" }]);
  expect(await run.inbox("late@mail.example")).toEqual([]);
  await command("resume", "offers", "--breaker");
  await rests("late");
  expect(await run.inbox("late@mail.example")).toHaveLength(1);
  await command("stop", "offers", "--yes");
  await isWell();
}, 300_000);

test.each(["poisoned", "edited", "throttled", "killed", "unheard"])(
  "afterwards nothing is missing in the life of %s, and nothing is there twice",
  async (customerId) => {
    await becomes(customerId, "to end", ({ status }) => status !== "active");
    const enrollments = await run.stack.enrollments(customerId);
    expect(enrollments).toMatchObject([{ status: "completed" }]);
    const steps = enrollments[0]?.steps ?? [];
    expect(steps.map(({ componentId, outcome }) => `${componentId} ${outcome}`)).toEqual(
      Object.keys(welcome.components).map((componentId) => `${componentId} done`),
    );
    const times = steps.flatMap(({ at, leftAt = "never" }) => [at, leftAt]);
    expect(times).toEqual([...times].sort());
    const inbox = await run.inbox(`${customerId}@mail.example`);
    expect(inbox.map(({ subject }) => subject)).toEqual(["hello", "again"]);
    const events = (await run.stack.customer(customerId)).filter(({ sk }) => String(sk).startsWith("event#"));
    expect(events.map(({ id }) => id)).toEqual([`sign-up-${customerId}`]);
  },
  120_000,
);

test("and the counters say what the logs say", async () => {
  await command("recount", "welcome");
  expect(await run.stack.counts("welcome")).toMatchObject({ entered: 5, completed: 5, "message.hello.sent": 5 });
}, 60_000);
