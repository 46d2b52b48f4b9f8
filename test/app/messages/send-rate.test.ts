/** The mail rate spreads ten thousand messages at fourteen a second, and delays no customer who waits for anything else. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { unsubscribe } from "../../../lambdas/app/messages/unsubscribe.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { fromMilliseconds, plus, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { MemoryJourneys, MemoryTemplates } from "../../../simulator/memory-journeys.ts";
import { memoryPorts } from "../../../simulator/memory-ports.ts";
import { MemoryStore } from "../../../simulator/memory-store.ts";
import { memorySendRate } from "../../../simulator/sending/memory-send-rate.ts";
import { VirtualClock } from "../../../simulator/virtual-clock.ts";
import { VirtualExecutions } from "../../../simulator/virtual-executions.ts";
import { hello, journey, on } from "../../behaviour/scenario-of.ts";
import { crowd, ofACrowd } from "../../crowd.ts";
import { eventOf, good, START, World } from "../world.ts";

const RATE = 14;
const PEOPLE = crowd(10_000);

test(
  `${PEOPLE} messages at ${RATE} a second: each goes out once, none is throttled, and the last goes out when the rate allows it`,
  ofACrowd,
  async () => {
    const clock = new VirtualClock(START);
    const [journeys, templates, executions] = [
      new MemoryJourneys(),
      new MemoryTemplates(),
      new VirtualExecutions(clock),
    ];
    templates.put(hello as Template);
    const sent: { readonly messageId: string; readonly at: number }[] = [];
    const store = new MemoryStore(() => {});
    const mail: Mail = {
      send: async (_, { messageId }) => {
        sent.push({ messageId, at: toMilliseconds(clock.now()) });
        return { sent: true };
      },
    };
    const ports = memoryPorts(store, {
      clock,
      journeys,
      templates,
      executions,
      sendRate: memorySendRate({ email: RATE }, clock),
      mail,
    });
    executions.ports = ports;
    const documents = [
      journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }),
      journey({ id: "other", trigger: { event: "else" }, components: { rest: { type: "wait", for: "PT1M" } } }),
    ].map(good);
    for (const document of documents) {
      await journeys.freeze(document, 1);
      const publication = { state: "published", version: 1, at: START, problems: [] } as const;
      await journeys.publish(document.id, { version: 1, journey: document }, publication);
    }
    const happens = (name: string, customerId: string) =>
      clock.plan(START, "world", async () => {
        await matchEvent(
          eventOf(name, { id: "s", customerId, changes: { email: `${customerId}@shop.example` } }),
          ports,
        );
      });
    for (let n = 0; n < PEOPLE; n++) happens("start", `c-${n}`);
    happens("else", "somebody");
    await clock.run(plus(START, "P1D"));

    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(PEOPLE);
    expect(sent).toHaveLength(PEOPLE);
    // At most fourteen in any second, with times rounded to whole milliseconds.
    const tooFast = sent.filter(({ at }, index) => at - (sent[index - RATE]?.at ?? Number.NEGATIVE_INFINITY) < 999);
    expect(tooFast).toEqual([]);
    const last = (sent.at(-1)?.at ?? 0) - toMilliseconds(START);
    expect(last / 1000).toBeCloseTo((PEOPLE - 1) / RATE, 0);
    const [somebody] = await ports.store.enrollments("somebody");
    expect(somebody).toMatchObject({ status: "completed", endedAt: plus(START, "PT1M") });
  },
);

/** One customer behind a queue of ten seconds. */
async function queued({ template = "hello", limits = {} }: { template?: string; limits?: object } = {}) {
  const world = new World({ still: true });
  let turns = 0;
  const pace = { turn: async () => plus(world.clock.now(), `PT${++turns === 1 ? 10 : 0}S`) };
  const ports: Ports = { ...world.ports, sendRate: pace };
  const exit = [{ id: "left", event: "leave" }];
  await world.publish(journey({ exit, limits, components: { mail: { type: "sendTemplate", template } } }));
  const ref = await world.enter();
  const advance = () => advanceEnrollment(ref, ports);
  return { world, advance, turns: () => turns };
}
const seconds = (n: number) => plus(START, `PT${n}S`);

describe("behind a queue", () => {
  test("the message waits for its turn, and asks for it once", async () => {
    const { world, advance, turns } = await queued();
    expect(await advance()).toEqual({ next: "wait", until: seconds(10) });
    expect((await world.only()).steps).toMatchObject([{ outcome: "waiting", until: seconds(10), reason: "send-rate" }]);
    expect(await advance()).toEqual({ next: "wait", until: seconds(10) });
    await world.run("01-05 10:00:10");
    expect(await advance()).toEqual({ next: "done" });
    expect([world.sent.length, turns()]).toEqual([1, 1]);
    expect(world.counted()).toEqual(world.recount());
  });

  test("a message whose turn is now does not wait, and a message that an app sends never waits", async () => {
    const { world, advance, turns } = await queued({ template: "sms" });
    expect(await advance()).toEqual({ next: "done" });
    expect([world.published.filter(({ name }) => name === "message.requested").length, turns()]).toEqual([1, 0]);
  });

  test("a customer who leaves while the message is queued does not get it", async () => {
    const { world, advance } = await queued();
    await advance();
    world.happens("leave", { time: seconds(5) });
    await world.run("01-05 10:00:10");
    expect(await advance()).toEqual({ next: "done" });
    expect(await world.only()).toMatchObject({ status: "exited", reason: "left", messages: [] });
  });

  test("a customer who unsubscribes while the message is queued is skipped", async () => {
    const { world, advance } = await queued();
    await advance();
    await unsubscribe({ customerId: "c-1" }, world.ports);
    await world.run("01-05 10:00:10");
    await advance();
    expect((await world.only()).messages).toMatchObject([{ state: "skipped", reason: "unsubscribed" }]);
  });

  test("quiet hours that begin meanwhile delay the message, and then it waits for a new turn", async () => {
    const { world, advance, turns } = await queued({
      limits: { quietHours: { from: "10:01", to: "11:00", otherwise: "delay" } },
    });
    await advance();
    await world.run("01-05 10:01");
    expect(await advance()).toEqual({ next: "wait", until: on("01-05 11:00") });
    await world.run("01-05 11:00");
    expect(await advance()).toEqual({ next: "done" });
    expect([world.sent.length, turns()]).toEqual([1, 2]);
  });
});

test("a free turn needs no wait, although the clock moves while the call takes it", async () => {
  let [mails, milliseconds] = [0, toMilliseconds(START)];
  const world = new World({
    still: true,
    send: async () => {
      mails++;
      return { sent: true };
    },
  });
  await world.adopt(good(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } })));
  const ref = await world.enter({ customerId: "c-1", id: "s" });
  const clock = { now: () => fromMilliseconds(milliseconds++) };
  const ports: Ports = { ...world.ports, clock, sendRate: { turn: async () => clock.now() } };
  expect(await advanceEnrollment(ref, ports)).toEqual({ next: "done" });
  expect(mails).toBe(1);
});
