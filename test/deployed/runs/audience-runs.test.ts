/**
 * Audience runs on the deployed stack: EventBridge Scheduler starts them, the Distributed Map reads the customers, and
 * the queue of the runs lets them in. What comes of it is what the simulator says.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deployedOutcome, simulatedOutcome } from "../../../local/outcome.ts";
import { play } from "../../../local/play.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { RunLine } from "../../../simulator/timeline.ts";
import { type Running, running } from "../running.ts";
import { type Customers, deleteCustomers, putCustomers } from "./customers.ts";

const CROWD = 10_000;

type Document = Readonly<Record<string, unknown>>;

const scenarioOf = (id: string, trigger: Document, customers: Customers, from: string, until: string): Scenario =>
  ({
    journeys: [
      {
        id,
        version: "current",
        name: id,
        status: "active",
        timezone: "Europe/Berlin",
        trigger,
        start: "note",
        components: { note: { type: "updateCustomer", set: { written: true } } },
      },
    ],
    customers,
    // Says when the scenario starts.
    events: [{ at: from, event: "page.viewed", id: `start-${id}`, customerId: customers[0]?.customerId }],
    until,
  }) as unknown as Scenario;

const crowd = Array.from({ length: CROWD }, (_, index) => ({
  customerId: `reader-${index}`,
  email: `reader-${index}@shop.example`,
  // 200 enter, and 50 are unsubscribed.
  ...(index % 40 === 0 && { quiet: true }),
  ...(index % 200 === 0 && { unsubscribed: true }),
})) as Customers;
const weekly = scenarioOf(
  "weekly-letter",
  {
    // On 29 March 2026, clocks in Berlin go from 02:00 to 03:00.
    schedule: { cron: "30 2 * * sun" },
    audience: { field: "customer.quiet", operator: "equals", value: true },
  },
  crowd,
  "2026-03-20T12:00:00Z",
  "2026-04-06T00:00:00Z",
);
/** Every customer who enters or could enter, and some others. */
const some = crowd.filter(({ quiet }, index) => quiet === true || index % 500 === 1);

const zones = [
  "Pacific/Auckland",
  "Asia/Tokyo",
  "Asia/Kolkata",
  "America/New_York",
  "Pacific/Honolulu",
  "Pacific/Kiritimati",
  undefined,
];
const everywhere = scenarioOf(
  "everywhere",
  { schedule: { at: "2026-06-01T09:00", timezone: "customer" } },
  zones.map((timezone, index) => ({ customerId: `zone-${index}`, ...(timezone && { timezone }) })) as Customers,
  "2026-05-30T12:00:00Z",
  "2026-06-03T00:00:00Z",
);

const born = ["2000-02-28", "2000-02-29", "2000-03-01", "2001-02-28", "2001-03-01", "2001-02-27", "2031-02-28", "May"];
const birthdays = (year: number) =>
  scenarioOf(
    `birthday-${year}`,
    { date: { field: "customer.birthday", time: "09:00", repeat: "yearly" } },
    [...born, undefined].map((birthday, index) => ({
      customerId: `born-${year}-${index}`,
      ...(birthday && { birthday }),
    })) as Customers,
    `${year}-02-26T12:00:00Z`,
    `${year}-03-02T12:00:00Z`,
  );

let run: Running;

describe("audience runs on the deployed stack", () => {
  beforeAll(async () => {
    run = await running({ scaled: false });
  }, 300_000);
  beforeEach(() => deleteCustomers(run), 120_000);
  afterAll(async () => {
    await run?.stop();
  }, 60_000);

  test("one run takes each customer at the time of their own zone, from Auckland to Honolulu", async () => {
    const lines = await equalsTheSimulator(everywhere);
    expect(lines).toMatchObject([{ at: "2026-05-31T19:00:00.000Z", considered: zones.length, entered: zones.length }]);
  }, 600_000);

  test.each([
    [2027, "those of 29 February have theirs on the 28th"],
    [2028, "29 February has a day of its own"],
  ])(
    "birthdays around the end of February %d: %s",
    async (year) => {
      const lines = await equalsTheSimulator(birthdays(year));
      const entered = lines.flatMap((line) => (line.entered > 0 ? [line.entered] : []));
      expect(entered).toEqual(year === 2028 ? [2, 1, 2] : [3, 2]);
    },
    600_000,
  );

  test("a weekly schedule over a crowd, through a change to summer time", async () => {
    await putCustomers(crowd, run);
    const lines = await equalsTheSimulator(weekly, some);
    expect(lines.map(({ at }) => at)).toEqual([
      "2026-03-22T01:30:00.000Z",
      "2026-03-29T01:30:00.000Z",
      "2026-04-05T00:30:00.000Z",
    ]);
    expect(lines[0]).toMatchObject({ considered: CROWD, entered: 200, refused: { unsubscribed: 50 } });
  }, 900_000);
});

/**
 * Plays a scenario on the stack and in the simulator. `looked`: the customers to compare; they are all stored already.
 */
async function equalsTheSimulator(scenario: Scenario, looked?: Customers): Promise<readonly RunLine[]> {
  const lines: RunLine[] = [];
  await simulate(scenario, (line) => {
    if (line.kind === "run") lines.push(line);
  });
  const [{ id: journeyId } = { id: "" }] = (scenario.journeys ?? []) as { id: string }[];
  const of = looked ? { ...scenario, customers: looked } : scenario;
  const { customers, ...simulated } = await simulatedOutcome(scenario);
  const played = looked ? { ...scenario, customers: [] } : scenario;
  const deployed = await play(played, run.stack, run.engine, async () => ({
    outcome: await deployedOutcome(of, run.stack, run.engine),
    runs: await runsOf(journeyId),
  }));
  const names = Object.keys(deployed.outcome.customers);
  expect(names.length).toBeGreaterThanOrEqual(of.customers?.length ?? 1);
  expect(deployed.outcome).toEqual({
    ...simulated,
    customers: Object.fromEntries(names.map((name) => [name, customers[name]])),
  });
  expect(deployed.runs).toEqual(
    lines.map(({ at, considered, entered, refused }) => ({ startedAt: at, result: { considered, entered, refused } })),
  );
  return lines;
}

/** The runs of a journey that have ended, in order. */
async function runsOf(journeyId: string) {
  const found: { startedAt: string; result: unknown }[] = [];
  for await (const item of run.stack.scan("counters"))
    if (item.journeyId === journeyId && item.state === "ended")
      found.push({ startedAt: String(item.startedAt), result: item.result });
  return found.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}
