/**
 * Least privilege on the deployed stack: the emulator asks no role for permission, so this test compares. Every request
 * of a function must be a permission of its role, and each permission is used in this walk or has a reason why it need
 * not be. `test/formats/rights.test.ts` does the same with every case of the functions, and without a deployment; there
 * no channel is switched on, and here text messages and WhatsApp are.
 */
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textSetting } from "../../../local/texts.ts";
import { whatsappMessages, whatsappSetting, writeWhatsapp } from "../../../local/whatsapp.ts";
import { functionNames, functionOf, mayOf, neededFor, type Places } from "../../formats/permissions.ts";
import { synthesized } from "../../lib/stack.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";
import { type Noted, Recording } from "./recording.ts";
import { spared } from "./spared.ts";

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

/** A text message and an approved template, and then the customer writes STOP. */
const chat = {
  id: "chat",
  name: "Chat",
  status: "active",
  trigger: { event: "chat", entry: "always" },
  start: "text",
  components: {
    text: { type: "sendTemplate", template: "text", next: "greet" },
    greet: { type: "sendTemplate", template: "greet", next: "answered" },
    answered: { type: "messageStatusRule", message: "greet", status: "replied", within: "P60D" },
  },
};
const contents = [
  { id: "text", channel: "sms", class: "marketing", text: "Hello" },
  { id: "greet", channel: "whatsapp", class: "marketing", whatsapp: { template: "welcome" } },
];
const context = { sms: textSetting({ inbound: true }), whatsapp: whatsappSetting({ inbound: true }) };

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
  // Everything is live before the first event, because functions cache the journeys for five seconds.
  for (const content of [letter, ...contents]) await run.stack.put("TemplatesTableName", content);
  for (const document of [journey, chat]) expect(await run.stack.save(document)).toMatchObject({ state: "published" });
  await converse();
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

/** A customer gets a text message and a WhatsApp message, and answers STOP. */
async function converse(): Promise<void> {
  const [from, who] = ["+12025550107", "chats"];
  await run.stack.publish("noted", { customerId: who, customer: { phone: from } });
  // A claim lists the customer with the number too, and then exit-evaluator would find nothing to write.
  const listed = ({ caller, action }: Noted) =>
    functionOf(caller) === "exit-evaluator" && action === "TransactWriteItems";
  await until("the list of the number's customers", async () => recording.noted.some(listed));
  await run.stack.publish("chat", { customerId: who });
  const chatting = async () => (await inside(who, "chat"))[0];
  await until("the rule", async () => (await chatting())?.position.waiting?.token, { instead: chatting });
  const [answers] = await whatsappMessages(run.engine);
  const topic = run.stack.output("WhatsappTopicArn");
  await writeWhatsapp(run.engine, { topic, from, text: "STOP", id: "wamid.1", ...(answers && { answers }) });
  await until("the answer", async () => (await chatting())?.status === "completed", { instead: chatting });
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
    run = await running({ functionsEndpoint: recording.endpoint, context });
    recording.target = run.engine.endpoint;
    const stack = synthesized({ sms: JSON.parse(context.sms), whatsapp: JSON.parse(context.whatsapp) });
    for (const name of functionNames) mayDo.set(name, mayOf(name, stack));
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
