/**
 * Crashes before every single call of a port, and after every call that changes something, over the whole life of some
 * customers. Everything ends as it would without the crash, nothing takes effect twice, and the counters equal a recount
 * of the logs. `npm test` crashes at the first and the last call of each kind only, `npm run faults` at every call.
 */
import { describe, expect, test } from "vitest";
import { handleDeliveryReport } from "../../lambdas/app/messages/handle-delivery-report.ts";
import { plus } from "../../lambdas/domain/time/time.ts";
import { journey } from "../behaviour/scenario-of.ts";
import { ofASample, whole } from "../sample.ts";
import { type Call, countCalls, edgesOf } from "./calls.ts";
import { Crash } from "./crashes.ts";
import { harm, miscounted, sentTwice } from "./harm.ts";
import { good, World } from "./world.ts";

const main = journey({
  trigger: { event: "start", key: "event.cart" },
  exit: [{ id: "left", event: "leave", key: "event.cart" }],
  goals: [
    { id: "bought", event: "order" },
    { id: "tagged", where: { field: "customer.tags", operator: "contains", value: "b" } },
  ],
  components: {
    tag: { type: "addTag", tags: ["a"], next: "mail" },
    mail: { type: "sendTemplate", template: "hello", next: "read" },
    read: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "set", notMet: "set" },
    set: { type: "updateCustomer", set: { seen: true }, next: "emit" },
    emit: { type: "emitEvent", event: "half.way", next: "listen" },
    listen: {
      type: "waitFor",
      branches: [{ id: "order", event: "order", next: "receipt" }],
      within: "P2D",
      otherwise: "receipt",
    },
    receipt: { type: "sendTemplate", template: "receipt", data: { total: { path: "event.total" } }, next: "rest" },
    rest: { type: "wait", for: "P1D", next: "untag" },
    untag: { type: "removeTag", tags: ["a"], next: "more" },
    more: { type: "addTag", tags: ["b"] },
  },
});
/** Two journeys that start from the first journey's event and from its change of the customer. */
const second = journey({
  id: "k",
  trigger: { event: "half.way" },
  components: { set: { type: "updateCustomer", set: { half: 1 } } },
});
const third = journey({
  id: "m",
  trigger: { where: { field: "customer.seen", operator: "exists" } },
  components: { rest: { type: "wait", for: "PT1H" } },
});

const documents = [main, second, third].map(good);

/** Two customers: one completes the journey, the other exits in the middle. */
async function live(crash: Crash, reports: boolean, customers = ["c-1", "c-2"]) {
  let unsure = false;
  const world: World = new World({
    crash,
    send: async (_, { customerId, messageId }) => {
      const report = (status: "delivered" | "read", after: string) => {
        const time = plus(world.clock.now(), after);
        world.clock.plan(time, "world", async () => {
          await handleDeliveryReport({ customerId, messageId, status, time }, world.ports);
        });
      };
      if (reports) {
        report("delivered", "PT1M");
        report("read", "PT3H");
      }
      return { sent: true };
    },
  });
  crash.onDeath = () => {
    unsure = [...world.store.all()].some(({ enrollments }) =>
      [...enrollments.values()].some(({ messages }) => messages.some(({ state }) => state === "claimed")),
    );
  };
  for (const document of documents) await world.adopt(document);
  for (const customerId of customers)
    world.happens("start", {
      customerId,
      id: "s",
      data: { cart: "k" },
      changes: { email: `${customerId}@shop.example` },
    });
  await world.run("01-06 12:00");
  world.happens("leave", { customerId: "c-2", id: "l", data: { cart: "k" } });
  world.happens("order", { customerId: "c-1", id: "o" });
  await world.run("01-06 13:00");
  world.happens("order", { customerId: "c-2", id: "o" });
  await world.run("01-20 00:00");
  return { world, unsure };
}

/** The end of everything, without the times. */
async function outcome(world: World) {
  const customers = ["c-1", "c-2"].map(async (customerId) => {
    const { attributes, tags } = await world.store.customer(customerId);
    const enrollments = (await world.store.enrollments(customerId)).map(
      ({ journeyId, status, reason, steps, goals }) => ({
        journeyId,
        status,
        reason,
        goals: Object.keys(goals).sort(),
        steps: steps.map(({ componentId, outcome }) => `${componentId} ${outcome}`),
      }),
    );
    return { attributes, tags, enrollments: enrollments.sort((a, b) => (a.journeyId < b.journeyId ? -1 : 1)) };
  });
  return Promise.all(customers);
}

const mails = (world: World, template: string) => world.sent.filter(({ message }) => message.template === template);

interface Crashed {
  readonly world: World;
  /** Whether a message was claimed at the moment of the crash: then the system cannot know whether it was sent. */
  readonly unsure: boolean;
  /** The place of the crash, for the messages of failed tests. */
  readonly where: string;
}

async function everyCrash(
  undisturbed: readonly Call[],
  side: "before" | "after",
  how: Parameters<typeof live> extends [Crash, ...infer How] ? How : never,
  look: (crashed: Crashed) => Promise<void>,
) {
  const calls: Call[] = [];
  const places = edgesOf(undisturbed);
  for (let nth = 1; ; nth++) {
    if (!whole && nth <= undisturbed.length && !places.has(nth - 1)) continue;
    const crash = new Crash(nth, side);
    const lived = await live(crash, ...how);
    if (crash.at === undefined) return calls;
    calls.push(crash.at);
    await look({ ...lived, where: `${side} call ${nth}, ${crash.at}` });
  }
}

describe.each(["before", "after"] as const)("a crash %s any call", ofASample, (side) => {
  test("changes nothing, except for a message that may or may not have been sent", async () => {
    const none = new Crash(0, side);
    const { world: untouched } = await live(none, true);
    const expected = await outcome(untouched);
    expect(expected[0]?.enrollments.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
    expect(expected[1]?.enrollments[0]?.status).toBe("exited");

    const calls = await everyCrash(none.calls, side, [true], async ({ world, unsure, where }) => {
      expect([...sentTwice(world)], where).toEqual([]);
      expect(miscounted(world.counted(), world.recount()), where).toEqual([]);
      if (!unsure) {
        expect(harm(world, untouched), where).toEqual([]);
        expect(await outcome(world), where).toEqual(expected);
      }
      // A component may publish its event again under the same id. Listeners drop it as a duplicate.
      expect(
        world.reasons().filter((reason) => reason !== "duplicate-event"),
        where,
      ).toEqual([]);
      for (const name of ["half.way", "journey.entered", "journey.completed", "journey.exited", "goal.reached"]) {
        const ids = (of: World) =>
          new Set(of.published.filter((event) => event.name === name).map(({ id }) => id)).size;
        expect(ids(world), `${where}: ${name}`).toBe(ids(untouched));
      }
    });
    // Every call of the undisturbed life crashed once. The lists name the calls that must be among them.
    if (whole) expect(countCalls(calls)).toEqual(countCalls(none.calls));
    expect(new Set(calls)).toEqual(new Set(side === "before" ? [...reads, ...effects] : effects));
  });

  test("sends marketing at most once and transactional mail at least once, without any report", async () => {
    const none = new Crash(0, side);
    const { world: untouched } = await live(none, false, ["c-1"]);
    await everyCrash(none.calls, side, [false, ["c-1"]], async ({ world, unsure, where }) => {
      expect([...sentTwice(world)], where).toEqual([]);
      if (!unsure) expect(harm(world, untouched), where).toEqual([]);
      const [marketing, transactional] = [mails(world, "hello").length, mails(world, "receipt").length];
      expect(marketing, where).toBeLessThanOrEqual(1);
      if (!unsure) expect(marketing, where).toBe(1);
      expect(transactional, where).toBeLessThanOrEqual(unsure ? 2 : 1);
      expect(transactional, where).toBeGreaterThanOrEqual(1);
      expect(miscounted(world.counted(), world.recount()), where).toEqual([]);
      for (const { enrollments } of world.store.all())
        for (const { status } of enrollments.values()) expect(status, where).toMatch(/completed|exited/);
    });
  });
});

/** Every call of a port in these lives. */
const effects: Call[] = [
  "bus.publish",
  "executions.signal",
  "executions.start",
  "executions.stop",
  "mail.send",
  "store.commit",
  "store.keepEvent",
];
const reads: Call[] = [
  "breakers.hold",
  "journeys.catalog",
  "journeys.live",
  "journeys.version",
  "store.addressFacts",
  "store.customer",
  "store.enrollment",
  "store.openEnrollments",
  "store.entry",
  "store.event",
  "store.events",
  "store.sendLog",
  "templates.get",
];
