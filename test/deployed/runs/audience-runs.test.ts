/**
 * Audience runs on the deployed stack: EventBridge Scheduler starts them, the Distributed Map reads the customers, and the
 * queue of the runs lets them in. What comes of it is what the simulator says.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployedOutcome, simulatedOutcome } from "../../../local/outcome.ts";
import { play } from "../../../local/play.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { RunLine } from "../../../simulator/timeline.ts";
import { type Running, running } from "../running.ts";

const CROWD = 200;

const customers = Array.from({ length: CROWD }, (_, index) => ({
  customerId: `reader-${index}`,
  email: `reader-${index}@shop.example`,
  ...(index % 10 === 0 && { quiet: true }),
  ...(index % 50 === 0 && { unsubscribed: true }),
}));

const weekly: Scenario = {
  journeys: [
    {
      id: "weekly-letter",
      version: "current",
      name: "Weekly letter",
      status: "active",
      timezone: "Europe/Berlin",
      trigger: {
        // On 29 March 2026, clocks in Berlin go from 02:00 to 03:00.
        schedule: { cron: "30 2 * * sun" },
        audience: { field: "customer.quiet", operator: "equals", value: true },
      },
      start: "note",
      components: { note: { type: "updateCustomer", set: { written: true } } },
    },
  ],
  customers,
  events: [{ at: "2026-03-20T12:00:00Z", event: "page.viewed", id: "e", customerId: "reader-1" }],
  until: "2026-04-06T00:00:00Z",
} as unknown as Scenario;

let run: Running;

describe("audience runs on the deployed stack", () => {
  beforeAll(async () => {
    run = await running({ scaled: false });
  }, 300_000);
  afterAll(async () => {
    await run?.stop();
  }, 60_000);

  test("a weekly schedule over a crowd, through a change to summer time, equals the simulator", async () => {
    const lines: RunLine[] = [];
    await simulate(weekly, (line) => {
      if (line.kind === "run") lines.push(line);
    });
    const simulated = await simulatedOutcome(weekly);
    const deployed = await play(weekly, run.stack, run.engine, async () => ({
      outcome: await deployedOutcome(weekly, run.stack, run.engine),
      runs: await runsOf("weekly-letter"),
    }));
    expect(deployed.outcome).toEqual(simulated);
    expect(deployed.runs).toEqual(
      lines.map(({ at, considered, entered, refused }) => ({
        startedAt: at,
        result: { considered, entered, refused },
      })),
    );
    expect(lines.map(({ at }) => at)).toEqual([
      "2026-03-22T01:30:00.000Z",
      "2026-03-29T01:30:00.000Z",
      "2026-04-05T00:30:00.000Z",
    ]);
  }, 240_000);
});

/** The runs of a journey that have ended, in order. */
async function runsOf(journeyId: string) {
  const found: { startedAt: string; result: unknown }[] = [];
  for await (const item of run.stack.scan("counters"))
    if (item.journeyId === journeyId && item.state === "ended")
      found.push({ startedAt: String(item.startedAt), result: item.result });
  return found.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}
