/**
 * The requests that the adapters send to DynamoDB. The emulator's reads are always consistent, so the tests check the
 * request itself: a read that relies on earlier writes must ask for `ConsistentRead`. Global indexes do not support it.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { SEND_RATE_ITEMS } from "../../bench/scale/crowds.ts";
import { COUNTER_SHARDS } from "../../lambdas/adapters/dynamodb/writes.ts";
import { parts } from "../../lambdas/domain/enrollment/part.ts";
import { channels } from "../../lambdas/domain/messages/channel.ts";
import { plus } from "../../lambdas/domain/time/time.ts";
import { journeyOf, LATER, NOW } from "../domain/enrolled.ts";
import { counts, customer, enrollment, event, unchanged } from "./world/given.ts";
import { dynamodbWorld, type OnDynamoDB, type Ports } from "./world/ports.ts";
import { type Request, requestsOf } from "./world/wire.ts";

/** Such as "GetItem", with "(older)" if the read is not consistent. */
function described({ api, input }: Request): string {
  const [batch] = Object.values((input.RequestItems ?? {}) as Record<string, { readonly ConsistentRead?: boolean }>);
  const reads = /^(Get|BatchGet|Query|Scan)/.test(api);
  return reads && !(input.ConsistentRead ?? batch?.ConsistentRead) ? `${api} (older)` : api;
}

const run = { journeyId: "j", runId: "j-1" };
const ref = (enrollmentId: string) => ({ customerId: "c-1", enrollmentId });

const times = (count: number, what: string) => Array.from({ length: count }, () => what);

const reads: readonly [what: string, call: (ports: Ports) => Promise<unknown>, requests: readonly string[]][] = [
  ["a customer", ({ store }) => store.customer("c-1"), ["GetItem"]],
  ["a send log", ({ store }) => store.sendLog("c-1"), ["GetItem"]],
  ["an enrollment", ({ store }) => store.enrollment(ref("e")), ["GetItem"]],
  ["an enrollment that may be closed", ({ store }) => store.enrollment(ref("none")), ["GetItem", "GetItem"]],
  ["an enrollment that may not be closed", ({ store }) => store.openEnrollment(ref("none")), ["GetItem"]],
  ["a customer's enrollments", ({ store }) => store.enrollments("c-1"), ["Query"]],
  ["a customer's open enrollments", ({ store }) => store.openEnrollments("c-1"), ["Query"]],
  ["an entry", ({ store }) => store.entry("c-1", "j", undefined), ["GetItem"]],
  [
    "an event, first with a read that is not consistent, at half the price",
    ({ store }) => store.event("c-1", "a"),
    ["GetItem (older)"],
  ],
  [
    "an event that this read does not find, with a second, consistent read",
    ({ store }) => store.event("c-1", "other"),
    ["GetItem (older)", "GetItem"],
  ],
  ["the events of a name", ({ store }) => store.events("c-1", "visit", ""), ["Query"]],
  ["an erasure", ({ store }) => store.erase("c-3", NOW), ["Query", "BatchWriteItem"]],
  ["an erasure without items", ({ store }) => store.erase("c-2", NOW), ["Query"]],
  [
    "the enrollments of a journey",
    ({ store }) => Array.fromAsync(store.inside("j")),
    times(parts.length, "Query (older)"),
  ],
  [
    "the overdue enrollments of every journey",
    ({ store }) => Array.fromAsync(store.overdue(NOW)),
    ["Query", "BatchGetItem", ...times(parts.length, "Query (older)")],
  ],
  ["the live journeys, with their versions", ({ journeys }) => journeys.catalog(), ["Query", "BatchGetItem"]],
  [
    "a live journey, whose pointer and version are all that is read",
    ({ journeys }) => journeys.live("j"),
    ["GetItem", "GetItem"],
  ],
  ["a live journey without a cache", ({ journeys }) => journeys.liveNow("j"), ["GetItem", "GetItem"]],
  ["a journey that is not live, and may be a draft", ({ journeys }) => journeys.live("k"), ["GetItem", "GetItem"]],
  ["the stopped journeys", ({ journeys }) => journeys.stoppedSince(NOW), ["Query", "BatchGetItem"]],
  ["a version", ({ journeys }) => journeys.version("j", 1), ["GetItem"]],
  ["the newest version", ({ journeys }) => journeys.newest("j"), ["Query", "GetItem"]],
  ["a template with a live copy", ({ templates }) => templates.get("live"), ["GetItem"]],
  ["a template without one", ({ templates }) => templates.get("letter"), ["GetItem", "GetItem"]],
  [
    "the templates that exist, with a consistent read for those that the journey names",
    ({ templates }) => templates.known(["letter"]),
    ["BatchGetItem", ...times(channels.length, "Query (older)")],
  ],
  ["a circuit breaker", ({ breakers }) => breakers.get("j"), ["GetItem"]],
  ["why a breaker is open", ({ breakers }) => breakers.hold("j"), ["GetItem"]],
  ["an audience run", ({ runs }) => runs.get(run), ["GetItem"]],
  ["the runs of a journey", ({ runs }) => runs.ofJourney("j"), ["Query"]],
  ["the runs under way", ({ runs }) => runs.underWay(), ["Query"]],
  ["the runs that a person has asked for", ({ runs }) => runs.asked(NOW), ["Query"]],
  ["the progress of a part of a run", ({ runs }) => runs.part(run, 0), ["GetItem"]],
  ["the counts of a run", ({ runs }) => runs.counts(run), times(COUNTER_SHARDS, "GetItem")],
  ["a part of a run's list", ({ runs }) => runs.list(run, 0), ["GetItem"]],
  ["the turns of a run", ({ runs }) => runs.turns(run), ["GetItem"]],
  ["a page of customers, at half the price", ({ profiles }) => profiles.page(0, 1, undefined), ["Scan (older)"]],
  ["the counts of a journey", ({ breakers }) => breakers.counts("j"), times(COUNTER_SHARDS, "Query")],
];

const writes: readonly [what: string, call: (ports: Ports) => Promise<unknown>, requests: readonly string[]][] = [
  ["nothing", ({ store }) => store.commit([]), []],
  ["one change, at half the price of a transaction", ({ store }) => store.commit([customer(1)]), ["PutItem"]],
  ["one change that writes no whole item", ({ store }) => store.commit([counts({ a: 1 })]), ["TransactWriteItems"]],
  ["one condition", ({ store }) => store.commit([unchanged(0)]), ["TransactWriteItems"]],
  ["nothing when the retention of events covers the time", ({ store }) => store.keepEvent("c-1", "a", NOW, LATER), []],
  [
    "one update when an event must be kept longer",
    ({ store }) => store.keepEvent("c-1", "a", NOW, "2027-01-05T10:00:00.000Z"),
    ["UpdateItem"],
  ],
  ["two changes", ({ store }) => store.commit([customer(1), event("b")]), ["TransactWriteItems"]],
];

async function filled(): Promise<OnDynamoDB> {
  const world = await dynamodbWorld();
  await world.store.commit([event("a"), event("b", { customerId: "c-3" }), enrollment(1)]);
  await world.journeys.freeze(journeyOf({}), 1);
  const published = { state: "published", version: 1, at: NOW, problems: [] } as const;
  await world.journeys.publish("j", { version: 1, journey: journeyOf({}) }, published);
  const live = { id: "live", channel: "email", class: "marketing", subject: "Hi", text: "Hi" } as const;
  await world.templates.publish("live", live, { state: "published", at: NOW, problems: [] });
  return world;
}

export function describeRequests(): void {
  describe("reading", () => {
    let world: OnDynamoDB;
    beforeAll(async () => {
      world = await filled();
    });

    test.each(reads)("%s", async (_, call, expected) => {
      const ports = world.another();
      expect((await requestsOf(() => call(ports))).map(described)).toEqual(expected);
    });
  });

  describe("writing", () => {
    test.each(writes)("%s", async (_, call, expected) => {
      const world = await dynamodbWorld();
      expect((await requestsOf(() => call(world))).map(described)).toEqual(expected);
    });
  });

  test("a run of the reconciler begins at another shard than the run before, and every second one with the newest enrollments", async () => {
    const { store } = await filled();
    const runAfter = async (minutes: number) => {
      const requests = await requestsOf(() => Array.fromAsync(store.overdue(plus(NOW, `PT${minutes}M`))));
      const queries = requests.filter(({ input }) => input.IndexName === "active");
      const [first] = queries.map(
        ({ input }) => input.ExpressionAttributeValues as Record<string, { readonly S: string }>,
      );
      return { first: first?.[":shard"]?.S, oldestFirst: queries.map(({ input }) => input.ScanIndexForward) };
    };
    const runs = [await runAfter(0), await runAfter(5), await runAfter(10), await runAfter(15)];
    expect(new Set(runs.map(({ first }) => first)).size).toBe(4);
    const orders = runs.map(({ oldestFirst }) => [...new Set(oldestFirst)]);
    expect(orders).toEqual(orders[0]?.[0] ? [[true], [false], [true], [false]] : [[false], [true], [false], [true]]);
  });

  test("a turn to send costs one write while messages wait, and two after a pause", async () => {
    const turns = (await dynamodbWorld()).pace(4);
    expect((await requestsOf(() => turns.turn("email"))).map(described)).toEqual(["UpdateItem", "UpdateItem"]);
    expect((await requestsOf(() => turns.turn("email"))).map(described)).toEqual(["UpdateItem"]);
  });

  test("all turns are taken at as many items as the model of a stack at scale says", async () => {
    const turns = (await dynamodbWorld()).pace(1_000);
    const keys = await requestsOf(() => Promise.all(Array.from({ length: 40 }, () => turns.turn("email"))));
    expect(new Set(keys.map(({ input }) => JSON.stringify(input.Key))).size).toBe(SEND_RATE_ITEMS);
  });
}
