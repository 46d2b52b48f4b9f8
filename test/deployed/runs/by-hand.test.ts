/**
 * Audience runs that a person starts with the command line, on the deployed stack: killed functions, whose runs
 * equal the simulator, and a cancelled run.
 */
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Deaths } from "../deaths.ts";
import { type Running, running } from "../running.ts";
import { type Customers, putCustomers } from "./customers.ts";
import { RunsByHand, resultOf, simulatedRuns } from "./runs-by-hand.ts";

type Document = Readonly<Record<string, unknown>>;

const letter = (id: string, trigger: Document, more: Document = {}): Document => ({
  id,
  name: id,
  status: "active",
  trigger: { event: `never-${id}`, entry: "always", ...trigger },
  start: "note",
  components: { note: { type: "updateCustomer", set: { [id]: true } } },
  ...more,
});
const german = { field: "customer.country", operator: "equals", value: "DE" };
const rate = { max: 5, per: "PT1H" };
const journeys = {
  killed: letter("killed", { audience: german }),
  cancelled: letter("cancelled", { rate }),
};

const customersOf = (name: string, count: number, attributes: (index: number) => Document): Customers =>
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
    // Functions cache the journeys for five seconds.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
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
  }, 300_000);

  test("and cancels in the middle lets nobody else in, and says how far it came", async () => {
    const customers = customersOf("cancelled", 12, () => ({}));
    await putCustomers(customers, run);
    const { ended, before } = await byHand.rated("cancelled", customers, async (runId) => {
      expect((await run.journeys("runs", "cancel", runId)).exitCode).toBe(0);
    });
    expect(before).toContain("5 of 12 parts read, 0 on the queue; 5 customers considered, 5 entered.");
    expect(resultOf(ended)).toEqual({ considered: 12, entered: 5, refused: { "run-cancelled": 7 } });
    expect(await byHand.inside("cancelled", customers)).toBe(5);
  }, 120_000);
});
