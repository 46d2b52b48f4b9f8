/** Tests at the limits: each works or is refused with a clear error, and nothing is left half done. */
import { describe, expect, test } from "vitest";
import { eventItem, toEvent } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { PermanentError } from "../../lambdas/app/errors.ts";
import { failEnrollment } from "../../lambdas/app/exits/fail-enrollment.ts";
import { reconcile } from "../../lambdas/app/exits/reconcile.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import { receiveEvent } from "../../lambdas/app/receive/receive-event.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { statuses } from "../../lambdas/domain/messages/message-status.ts";
import { eventOf, good, START, World } from "../app/world.ts";
import { brief, event, journey, lasting, on, tell } from "../behaviour/scenario-of.ts";
import { crowd, ofACrowd } from "../crowd.ts";
import { bytesOf, MOST_BYTES, sized } from "./sized.ts";

const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length }, (_, n) => [
      `c-${n}`,
      { type: "addTag", tags: [`t-${n}`], ...(n + 1 < length && { next: `c-${n + 1}` }) },
    ]),
  );

test("a journey of 100 components: each takes effect once, in order", async () => {
  const { summary, lines } = await tell({
    journeys: [journey({ components: chain(100) })],
    events: [event("01-05 10:00", "start")],
  });
  expect(summary).toMatchObject({ completed: 1, failed: 0 });
  expect(summary.tags["c-1"]).toHaveLength(100);
  const visited = lines
    .filter(({ kind }) => kind === "component")
    .map((line) => "componentId" in line && line.componentId);
  expect(visited).toEqual(Object.keys(chain(100)));
});

test("200 components are accepted; 201 are refused with a hint", () => {
  expect(checkJourney(journey({ components: chain(200) }), new Set())).toHaveProperty("value");
  const { problems } = checkJourney(journey({ components: chain(201) }), new Set()) as { problems: Problem[] };
  expect(problems[0]?.message).toMatch(/200/);
});

test("100 journeys on one event: the customer enters each once, even if the event is delivered twice", async () => {
  const journeys = Array.from({ length: 100 }, (_, n) => brief({ id: `j-${n}` }));
  const { summary } = await tell({
    journeys,
    events: [event("01-05 10:00", "start", { id: "e" }), event("01-05 11:00", "start", { id: "e" })],
  });
  expect(summary).toMatchObject({ entered: 100, completed: 100 });
});

test("one event makes a customer exit 50 journeys and reach a goal in each", async () => {
  const more = { exit: [{ id: "out", event: "order" }], goals: [{ id: "sale", event: "order" }] };
  const journeys = Array.from({ length: 50 }, (_, n) => lasting({ id: `j-${n}`, ...more }));
  const { summary } = await tell({ journeys, events: [event("01-05 10:00", "start"), event("01-06 10:00", "order")] });
  expect(summary).toMatchObject({ entered: 50, exited: 50, active: 0 });
  expect(Object.values(summary.goals)).toEqual(Array(50).fill(1));
});

const PEOPLE = crowd(10_000);

test(
  `${PEOPLE} customers enter one journey at the same moment: each once, each gets their message`,
  ofACrowd,
  async () => {
    const ids = Array.from({ length: PEOPLE }, (_, n) => `c-${n}`);
    const { summary } = await tell({
      journeys: [journey({ components: { mail: { type: "sendTemplate", template: "hello" } } })],
      customers: ids.map((customerId) => ({ customerId, email: `${customerId}@mail.example` })),
      events: ids.map((customerId) => event("01-05 10:00", "start", { customerId })),
      until: on("01-06 00:00"),
    });
    expect(summary).toMatchObject({ entered: PEOPLE, completed: PEOPLE, messages: PEOPLE, failed: 0 });
  },
);

test("a wait of 365 days ends to the second; a longer one is refused", async () => {
  const waiting = (length: string) => journey({ components: { rest: { type: "wait", for: length } } });
  const { lines } = await tell({
    journeys: [waiting("P365D")],
    events: [event("01-05 10:00", "start")],
    until: "2027-12-31T00:00:00Z",
  });
  expect(lines.at(-1)).toMatchObject({ kind: "completed", at: "2027-01-05T10:00:00.000Z" });
  expect(checkJourney(waiting("P366D"), new Set())).toMatchObject({
    problems: [{ path: "components.rest.for", code: "out-of-range" }],
  });
});

/** The largest event that EventBridge accepts, as text. */
const LARGEST = 256 * 1024;
const large = (bytes: number) => "é".repeat(bytes / 2);

describe("an event of 256 KiB", () => {
  test("is stored as one item and read back unchanged", () => {
    const event = eventOf("start", { data: { text: large(LARGEST) } });
    expect(bytesOf({ kind: "event", event, watched: true })).toBeLessThan(MOST_BYTES);
    expect(toEvent(eventItem(event, START, 30))).toEqual(event);
  });

  test("lets a customer enter, and its data is available to the message", async () => {
    const world = new World();
    await world.publish(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }));
    const changes = { email: "ann@shop.example" };
    await matchEvent(eventOf("start", { data: { text: large(LARGEST) }, changes }), {
      ...world.ports,
      store: sized(world.store),
    });
    await world.run();
    expect((await world.only()).status).toBe("completed");
    expect(world.sent).toHaveLength(1);
  });
});

/** Delivers an event to a store with limited items. Returns the dead letters. */
async function received(world: World, detail: object): Promise<readonly Problem[]> {
  const dead: Problem[] = [];
  const deadLetters = { put: async (_: string, problems: readonly Problem[]) => void dead.push(...problems) };
  const envelope = { id: "d", source: "shop", "detail-type": "start", time: START, detail };
  const ports = { ...world.ports, store: sized(world.store), inbox: world.inbox, deadLetters };
  await receiveEvent(JSON.stringify(envelope), {}, ports);
  return dead;
}

describe("an item of more than 400 KB is refused whole", () => {
  test("a profile that an event makes too large: the event goes to the dead-letter queue, and nothing of it is stored", async () => {
    const world = new World();
    await world.publish(brief());
    expect(await received(world, { id: "1", customerId: "c-1", customer: { one: large(250_000) } })).toEqual([]);
    const dead = await received(world, { id: "2", customerId: "c-1", customer: { two: large(250_000) } });
    expect(dead).toMatchObject([{ code: "not-storable", message: expect.stringContaining("Item size") }]);
    expect(Object.keys((await world.store.customer("c-1")).attributes)).toEqual(["one"]);
    expect(await world.store.event("c-1", "2")).toBeUndefined();
  });

  test("a profile that a component makes too large: the enrollment fails visibly, without an effect", async () => {
    const world = new World({ still: true });
    const set = { type: "updateCustomer", set: { two: { path: "event.text" } }, next: "mail" };
    await world.publish(journey({ components: { set, mail: { type: "sendTemplate", template: "hello" } } }));
    const ports: Ports = { ...world.ports, store: sized(world.store) };
    const given = { email: "ann@shop.example", one: large(250_000) };
    const enrollment = await world.enter({ data: { text: large(200_000) }, changes: given });
    await expect(advanceEnrollment(enrollment, ports)).rejects.toThrow(PermanentError);
    // The state machine does this after a permanent error.
    await failEnrollment(enrollment, "PermanentError", ports);
    expect(await world.only()).toMatchObject({ status: "failed", reason: "PermanentError", steps: [] });
    expect(Object.keys((await world.store.customer("c-1")).attributes).sort()).toEqual(["email", "one"]);
    expect(world.sent).toEqual([]);
  });

  test("an enrollment in a loop ends long before the limit, whatever the length of its names and its reports", async () => {
    const long = (letter: string) => letter.repeat(63);
    const [mail, rest] = [long("m"), long("r")];
    const id = long("t");
    const world = new World();
    world.put({ id, channel: "email", class: "transactional", subject: "x", text: "x" } as Parameters<World["put"]>[0]);
    const looping = journey({
      id: long("j"),
      components: {
        [mail]: { type: "sendTemplate", template: id, next: rest },
        [rest]: { type: "wait", for: "PT1M", next: mail },
      },
    });
    await world.publish(looping);
    await world.enter({ data: {} });
    await world.run("01-07 10:00");
    const enrollment = await world.only();
    expect(enrollment).toMatchObject({ status: "failed", reason: "endless-loop" });
    expect(enrollment.messages.length).toBeGreaterThan(200);
    const reported = Object.fromEntries(statuses.map((status) => [status, START]));
    const messages = enrollment.messages.map((message) => ({ ...message, statuses: reported }));
    expect(bytesOf({ kind: "enrollment", enrollment: { ...enrollment, messages } })).toBeLessThan(0.9 * MOST_BYTES);
  });
});

test("an enrollment that cannot be restarted does not delay the others, and its error is reported", async () => {
  const world = new World({ still: true });
  await world.adopt(good(lasting()));
  for (const customerId of ["a", "b", "c"]) await world.enter({ customerId });
  await world.run(on("01-05 11:00").slice(5, 16).replace("T", " "));
  const commit = world.store.commit.bind(world.store);
  world.store.commit = async (changes) => {
    if (JSON.stringify(changes).includes('"customerId":"a"')) throw new PermanentError("The database refused it.");
    return commit(changes);
  };
  const asked = world.asked.length;
  await expect(reconcile(10, world.ports)).rejects.toThrow("refused");
  expect(world.asked.slice(asked)).toEqual(["start 2", "start 2"]);
});
