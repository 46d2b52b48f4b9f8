/**
 * Audience runs that a person starts with the command line, on the deployed stack: killed functions, a backfill at
 * the same moment as live events, a list with bad lines, a cancelled run, and a paused journey. What comes of each is what the
 * simulator says.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isKeyOf } from "../../../lambdas/adapters/dynamodb/customer-items.ts";
import { plus } from "../../../lambdas/domain/time/time.ts";
import { Deaths } from "../deaths.ts";
import { type Running, running } from "../running.ts";
import { type Customers, putCustomers } from "./customers.ts";
import { idsOf, RunsByHand, resultOf, simulatedRuns } from "./runs-by-hand.ts";

const letter = (id: string, trigger: object) => ({
  id,
  name: id,
  status: "active",
  trigger: { event: `never-${id}`, entry: "always", ...trigger },
  start: "note",
  components: { note: { type: "updateCustomer", set: { [id]: true } } },
});
const german = { field: "customer.country", operator: "equals", value: "DE" };
const rate = { max: 5, per: "PT1H" };
const journeys = {
  killed: letter("killed", { audience: german }),
  cancelled: letter("cancelled", { rate }),
  paused: letter("paused", { rate }),
  backfill: letter("backfill", { event: "order.placed" }),
  list: letter("list", { audience: german, entry: "once" }),
};

const customersOf = (name: string, count: number, attributes: (index: number) => object = () => ({})): Customers =>
  Array.from({ length: count }, (_, index) => ({ customerId: `${name}-${index}`, ...attributes(index) })) as Customers;
const few = customersOf("killed", 16, (index) => ({
  country: index % 4 === 3 ? "FR" : "DE",
  ...(index === 0 && { unsubscribed: true }),
}));

const AT = "2026-06-01T10:00:00.000Z";

const linux = process.platform === "linux";
const deaths = await new Deaths().start();
let run: Running;
let byHand: RunsByHand;

describe.runIf(linux)("an audience run that a person starts", () => {
  beforeAll(async () => {
    run = await running({ scaled: false, functionsEndpoint: deaths.endpoint });
    deaths.target = run.engine.endpoint;
    byHand = new RunsByHand(run);
    for (const document of Object.values(journeys))
      expect(await run.stack.save(document)).toMatchObject({ state: "published" });
    await run.stack.queues.send(
      new SetQueueAttributesCommand({
        QueueUrl: run.stack.output("EntriesQueueUrl"),
        // The messages of a dead function come again after that.
        Attributes: { VisibilityTimeout: "4" },
      }),
    );
    await run.untilFunctionsLookAgain();
  }, 300_000);
  afterAll(async () => {
    await run?.stop();
    deaths.stop();
  }, 60_000);

  /** The requests to SQS go to the address of the queue, so the proxy does not see them. */
  const calls = [
    ["AudienceRun", "GetItem"],
    ["AudienceRun", "Scan"],
    ["AudienceRun", "PutItem"],
    ["AudienceRun", "TransactWriteItems"],
    ["AudienceRun", "UpdateItem"],
    ["TriggerMatcher", "GetItem"],
    ["TriggerMatcher", "TransactWriteItems"],
    ["TriggerMatcher", "StartExecution"],
  ] as const;
  test("whose functions are killed before and after every kind of call lets each customer in once", async () => {
    await putCustomers(few, run);
    const results: unknown[] = [];
    for (const [of, call] of calls) {
      for (const when of ["before", "after"] as const) deaths.arm({ of, call, when, nth: 1 });
      const ended = await byHand.enter("killed", ["--all"]);
      expect([...deaths.armed.keys()], `${of} ${call}`).toEqual([]);
      results.push(resultOf(ended));
    }
    const entries = calls.map(() => ({ at: AT, journey: "killed" }));
    const simulated = await simulatedRuns({ journeys: [journeys.killed], customers: few, entries });
    expect(results).toEqual(simulated);
    expect(simulated[0]).toEqual({ considered: 16, entered: 11, refused: { "audience-false": 4, unsubscribed: 1 } });
    await byHand.completed("killed", few, (index) => (index % 4 === 3 || index === 0 ? 0 : calls.length));
    expect(await run.stack.counts("killed")).toMatchObject({ entered: 11 * calls.length });
    expect((await run.journeys("recount", "killed")).exitCode).toBe(0);
  }, 900_000);

  test("with the events of customers who come in by the same events at the same moment lets each in once", async () => {
    const customers = customersOf("buyer", 40);
    await putCustomers(customers, run);
    const events = idsOf(customers).map((customerId) => ({ id: `order-${customerId}`, customerId }));
    const backfill = () => byHand.enter("backfill", ["--event", "order.placed", "--within", "P30D"]);
    const publishAll = () => Promise.all(events.map((event) => run.stack.publish("order.placed", event)));
    await Promise.all([backfill(), publishAll()]);
    await byHand.completed("backfill", customers, () => 1);
    // Each event a second time, and a second run at the same moment: nobody else enters.
    const [ended] = await Promise.all([backfill(), publishAll()]);
    const simulated = await simulatedRuns({
      journeys: [journeys.backfill],
      customers,
      events: events.map((event) => ({ at: AT, event: "order.placed", ...event })),
      entries: [{ at: plus(AT, "PT1S"), journey: "backfill", event: "order.placed", within: "P30D" }],
    });
    expect([resultOf(ended)]).toEqual(simulated);
    expect(simulated).toEqual([{ considered: 40, entered: 0, refused: { "duplicate-event": 40 } }]);
    for (const { id, customerId } of events)
      expect((await run.stack.enrollments(customerId)).map(({ trigger }) => trigger.eventId)).toEqual([id]);
  }, 400_000);

  test("with a list of 1,000 lines, 37 of them bad, enters nobody unless the bad lines are skipped", async () => {
    const isBad = (index: number) => index % 27 === 1 && index < 1_000;
    const customers = customersOf("listed", 1_000, (index) => ({ country: index % 20 === 0 ? "DE" : "FR" }));
    const good = customers.filter((_, index) => !isBad(index));
    const enter = good.filter(({ country }) => country === "DE");
    await putCustomers(good, run);
    const file = join(run.engine.folder, "list.csv");
    const bad = (id: string, index: number) => [",", `${id},a note,more`, `${"x".repeat(129)},`][index % 3];
    const lines = idsOf(customers).map((id, index) => (isBad(index) ? bad(id, index) : `${id},`));
    writeFileSync(file, `customerId,note\n${lines.join("\n")}\n`);
    const refused = await run.journeys("enter", "list", "--csv", file, "--yes");
    expect(refused).toMatchObject({ exitCode: 1, out: "" });
    const named = [...refused.err.matchAll(/list\.csv:(\d+): /g)].map(([, line]) => Number(line));
    // The header is line 1.
    expect(named).toEqual(customers.flatMap((_, index) => (isBad(index) ? [index + 2] : [])));
    expect(JSON.parse((await run.journeys("runs", "list", "--json")).out)).toMatchObject({ runs: [] });
    const ended = await byHand.enter("list", ["--csv", file, "--skip-bad"]);
    const simulated = await simulatedRuns({
      journeys: [journeys.list],
      customers: good,
      entries: [{ at: AT, journey: "list", customers: idsOf(good) }],
    });
    expect([resultOf(ended)]).toEqual(simulated);
    expect(simulated).toEqual([{ considered: 963, entered: 49, refused: { "audience-false": 914 } }]);
    const entered: string[] = [];
    for await (const { customerId, sk, journeyId } of run.stack.scan("customers"))
      if (journeyId === "list" && isKeyOf("enrollment", sk)) entered.push(String(customerId));
    expect(entered.sort()).toEqual(idsOf(enter).sort());
  }, 600_000);

  test("and cancels in the middle lets nobody else in, and says how far it came", async () => {
    const customers = customersOf("cancelled", 12);
    await putCustomers(customers, run);
    const { ended, before } = await byHand.rated("cancelled", customers, async (runId) => {
      expect((await run.journeys("runs", "cancel", runId)).exitCode).toBe(0);
    });
    expect(before).toContain("5 of 12 parts read, 0 on the queue; 5 customers considered, 5 entered.");
    expect(resultOf(ended)).toEqual({ considered: 12, entered: 5, refused: { "run-cancelled": 7 } });
    expect(await byHand.inside("cancelled", customers)).toBe(5);
  }, 400_000);

  test("of a journey that is paused meanwhile refuses the others", async () => {
    const customers = customersOf("paused", 12);
    await putCustomers(customers, run);
    const paused = { ...journeys.paused, status: "paused" };
    const { ended } = await byHand.rated("paused", customers, async () => {
      expect(await run.stack.save(paused)).toMatchObject({ state: "published" });
      await run.untilFunctionsLookAgain();
    });
    const simulated = await simulatedRuns({
      journeys: [journeys.paused],
      customers,
      entries: [{ at: AT, journey: "paused", customers: idsOf(customers) }],
      edits: [{ at: plus(AT, "PT30M"), journey: paused }],
    });
    expect([resultOf(ended)]).toEqual(simulated);
    expect(simulated).toEqual([{ considered: 12, entered: 5, refused: { "not-active": 7 } }]);
    expect(await byHand.inside("paused", customers)).toBe(5);
  }, 400_000);
});
