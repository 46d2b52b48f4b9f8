/**
 * Searches for personal data outside the tables. Recognizable customers run through the system; the test searches the
 * published events, the executions' inputs, the mail tags and the logs for them.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { messageTags } from "../../lambdas/adapters/message-tags.ts";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { recordMessageStatus } from "../../lambdas/app/messages/record-message-status.ts";
import type { Executions, Ports } from "../../lambdas/app/ports.ts";
import { eventOf, World } from "../app/world.ts";
import { journey, on } from "../behaviour/scenario-of.ts";

const SECRETS = /zaphod|beeblebrox|\+49-555|Milliways|Heart-of-Gold/i;
const person = { email: "zaphod@mail.example", name: "Beeblebrox", phone: "+49-555-0100", home: "Milliways 1" };

const components = {
  tag: { type: "addTag", tags: ["vip"], next: "set" },
  set: { type: "updateCustomer", set: { ship: { path: "event.ship" } }, next: "mail" },
  mail: { type: "sendTemplate", template: "hello", data: { ship: { path: "event.ship" } }, next: "read" },
  read: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "emit", notMet: "emit" },
  emit: { type: "emitEvent", event: "half.way", next: "skip" },
  skip: { type: "sendTemplate", template: "nowhere", next: "rest" },
  rest: { type: "wait", for: "P9D" },
};
const watched = {
  exit: [{ id: "out", event: "leave", where: { field: "event.ship", operator: "equals", value: "Heart-of-Gold" } }],
  goals: [{ id: "sale", where: { field: "customer.ship", operator: "equals", value: "Heart-of-Gold" } }],
};

test("events that the system publishes, executions and tags hold ids only", async () => {
  const said: unknown[] = [];
  const world = new World({
    send: async (_, claim) => {
      said.push(messageTags(claim));
      return { sent: true };
    },
  });
  world.put({
    id: "nowhere",
    channel: "email",
    class: "marketing",
    subject: "{{ event.x | date: }}",
    text: "x",
  } as Parameters<World["put"]>[0]);
  const { executions } = world.ports;
  const listened: Executions = {
    start(...given) {
      said.push(given);
      return executions.start(...given);
    },
    stop(...given) {
      said.push(given);
      return executions.stop(...given);
    },
    signal: (token) => executions.signal(token),
    isRunning: (ref, attempt) => executions.isRunning(ref, attempt),
  };
  Object.assign(world.ports as { -readonly [K in keyof Ports]: Ports[K] }, { executions: listened });
  await world.publish(journey({ components, ...watched }));
  const changed = { where: { field: "customer.ship", operator: "exists" } };
  await world.publish(journey({ id: "k", trigger: changed, components: { rest: { type: "wait", for: "P1D" } } }));
  const data = { ship: "Heart-of-Gold" };
  for (const customerId of ["c-1", "c-2"])
    await matchEvent(eventOf("start", { id: "e", customerId, data, changes: person }), world.ports);
  await world.run("01-05 12:00");
  const [message] = (await world.store.enrollments("c-1")).flatMap(({ messages }) => messages);
  await recordMessageStatus(
    { customerId: "c-1", messageId: message?.messageId ?? "", status: "bounced", time: on("01-05 12:00") },
    world.ports,
  );
  await world.run("01-07 12:00");
  world.happens("leave", { customerId: "c-2", data });
  world.happens("customer.deleted", { customerId: "c-1" });
  await world.run("01-20 00:00");

  const names = new Set(world.published.map(({ name }) => name));
  for (const name of [
    "journey.entered",
    "journey.exited",
    "goal.reached",
    "message.sent",
    "customer.changed",
    "half.way",
  ])
    expect(names).toContain(name);
  expect(said.length).toBeGreaterThan(4);
  expect(JSON.stringify(world.sent)).toMatch(SECRETS);
  expect(JSON.stringify([world.published, said])).not.toMatch(SECRETS);
  const [erased] = [...world.store.all()].filter(({ customer }) => customer.customerId === "c-1");
  expect(JSON.stringify([erased?.customer, [...(erased?.events ?? [])], [...(erased?.enrollments ?? [])]])).not.toMatch(
    SECRETS,
  );
});

/** Runs in a process of its own, because a test cannot intercept the loggers of its own process. */
test("logs hold the names and reasons of errors, and nothing of the deliveries", () => {
  const program = fileURLToPath(new URL("broken-deliveries.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: "utf8" });
  const output = stdout + stderr;
  expect(output.match(/A record failed/g)).toHaveLength(4);
  expect(output).toContain(
    '"batchItemFailures":[{"itemIdentifier":"0"},{"itemIdentifier":"1"},{"itemIdentifier":"2"}]',
  );
  expect(output).not.toMatch(SECRETS);
});
