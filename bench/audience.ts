/**
 * Measures an audience run in memory: how many customers one core considers in a second, whether the time grows with their
 * number alone, and the requests that the run makes of AWS, with their price. The stored customers have lived through the
 * reference workload, so a page of the table holds as many of them as on AWS.
 */
import { customerItems } from "../console/engine/customer-items.ts";
import { pricesIn } from "../insight/cost/bill.ts";
import { itemSize, readUnits, writeUnits } from "../insight/cost/capacity.ts";
import { considerPart } from "../lambdas/app/runs/consider-part.ts";
import { PARTS } from "../lambdas/app/runs/plan-run.ts";
import type { Customer } from "../lambdas/domain/customer/customer.ts";
import type { Journey } from "../lambdas/domain/journey/journey.ts";
import type { RunPart, RunRecord } from "../lambdas/domain/schedule/run-record.ts";
import { MemoryJourneys } from "../simulator/memory-journeys.ts";
import { checkScenario } from "../simulator/scenario.ts";
import { simulate } from "../simulator/simulate.ts";
import { portsIn } from "./memory-ports.ts";
import { number, type Table } from "./print/table.ts";
import { workload } from "./reference/workload.ts";

const AT = "2026-01-05T09:00:00.000Z";
/** A scan answers with so many bytes at most. */
const PAGE_BYTES = 1_000_000;
/** How often a customer has been through the reference workload. */
const PASSAGES = 5;
const GIGABYTES = 0.5;
/** Assumed: how long the function waits for a page. */
const SECONDS_PER_PAGE = 0.25;
const ENTRIES_PER_BATCH = 10;

const journey = {
  id: "letter",
  version: "current",
  name: "Letter",
  status: "active",
  trigger: {
    schedule: { cron: "0 9 * * mon" },
    audience: {
      all: [
        { field: "customer.country", operator: "oneOf", value: ["DE", "AT"] },
        { field: "customer.lastOrderAt", operator: "olderThan", value: "P60D" },
      ],
    },
  },
  start: "tag",
  components: { tag: { type: "addTag", tags: ["written"] } },
} as unknown as Journey;

export async function audience(): Promise<readonly Table[]> {
  const stored = await storedCustomer();
  const rows: Measured[] = [];
  for (const customers of [10_000, 100_000, 1_000_000]) rows.push(await measured(customers, stored.bytes));
  const last = rows.at(-1) as Measured;
  return [
    {
      title: "Customers considered by an audience run, on one core, 2 of 100 of them for the queue",
      columns: ["customers", "seconds of CPU", "customers a second", "µs each"],
      rows: rows.map(({ customers, seconds }) => [
        number(customers),
        seconds.toFixed(2),
        number(customers / seconds),
        ((seconds * 1e6) / customers).toFixed(1),
      ]),
    },
    priced(last, stored),
  ];
}

interface Measured {
  readonly customers: number;
  /** Of CPU. */
  readonly seconds: number;
  readonly pages: number;
  readonly queued: number;
  /** For the progress of the parts. */
  readonly writeUnits: number;
  readonly gets: number;
}

async function measured(customers: number, bytesEach: number): Promise<Measured> {
  const journeys = new MemoryJourneys();
  await journeys.freeze(journey, 1);
  const published = { state: "published", version: 1, at: AT, problems: [] } as const;
  await journeys.publish(journey.id, { version: 1, journey }, published);
  const { ports } = portsIn(journeys);
  const perPage = Math.floor(PAGE_BYTES / bytesEach);
  const perPart = Math.ceil(customers / PARTS);
  const counted = { pages: 0, queued: 0, writeUnits: 0, gets: 0 };
  const { runs } = ports;
  const metered = {
    ...ports,
    profiles: {
      async page(part: number, _: number, after = "0") {
        counted.pages++;
        const from = Number(after);
        const end = Math.min(from + perPage, perPart, customers - part * perPart);
        const page = Array.from({ length: Math.max(0, end - from) }, (_, index) =>
          person(part * perPart + from + index),
        );
        const places = page.map((_, index) => String(from + index + 1));
        return { customers: page, places, ...(end < perPart && end > from && { next: String(end) }) };
      },
    },
    entries: {
      async add(_: unknown, ids: readonly string[]) {
        counted.queued += ids.length;
      },
    },
    runs: {
      get: (ref: RunRecord) => {
        counted.gets++;
        return runs.get(ref);
      },
      part: (ref: RunRecord, part: number) => runs.part(ref, part),
      putPart: (part: RunPart) => {
        counted.writeUnits += writeUnits(itemSize({ ...part }));
        return runs.putPart(part);
      },
      turns: runs.turns.bind(runs),
      putTurns: runs.putTurns.bind(runs),
      list: runs.list.bind(runs),
    },
  };
  const run: RunRecord = {
    journeyId: journey.id,
    runId: "letter-1",
    startedAt: AT,
    aim: { kind: "all" },
    state: "under-way",
    version: 1,
    parts: PARTS,
  };
  await runs.begin(run);
  const before = process.cpuUsage();
  for (let part = 0; part < PARTS; part++)
    await considerPart({ ...run, part }, metered as unknown as Parameters<typeof considerPart>[1]);
  const { user, system } = process.cpuUsage(before);
  return { customers, seconds: (user + system) / 1e6, ...counted };
}

/** Two of a hundred live in Germany and have been quiet. */
function person(index: number): Customer {
  return {
    customerId: `customer-${String(index).padStart(9, "0")}`,
    attributes: {
      firstName: "Ada",
      email: `customer-${index}@mail.example`,
      country: index % 10 === 0 ? "DE" : "FR",
      lastOrderAt: index % 50 === 0 ? "2025-06-01T09:00:00.000Z" : "2026-01-01T09:00:00.000Z",
    },
    tags: [],
    times: { firstName: AT, country: AT, lastOrderAt: AT, email: AT },
    revision: 3,
  } as unknown as Customer;
}

/** The size and items of a customer who has been through the reference workload some times. */
async function storedCustomer(): Promise<{ readonly bytes: number; readonly items: number }> {
  const checked = checkScenario(workload(1, { reported: true }));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems[0]));
  const result = await simulate(checked.value, () => {});
  if ("problems" in result) throw new Error(JSON.stringify(result.problems[0]));
  const [partition] = [...result.store.all()];
  if (!partition) throw new Error("The workload has a customer.");
  const items = customerItems(partition, AT);
  const profile = items.filter(({ sk }) => sk === "profile");
  const size = (of: typeof items) => of.reduce((sum, item) => sum + itemSize(item), 0);
  const rest = items.length - profile.length;
  return { bytes: size(profile) + PASSAGES * (size(items) - size(profile)), items: profile.length + PASSAGES * rest };
}

function priced(
  { customers, seconds, pages, queued, writeUnits: written, gets }: Measured,
  { bytes, items }: { readonly bytes: number; readonly items: number },
): Table {
  const { of } = pricesIn("us-east-1");
  const scanned = pages * readUnits(PAGE_BYTES, false);
  const batches = Math.ceil(queued / ENTRIES_PER_BATCH);
  const rows: [string, number, number][] = [
    ["read units of the scan", scanned, of.readUnits],
    ["read units for the state of the run", gets, of.readUnits],
    ["write units for its progress", written, of.writeUnits],
    ["requests of the queue, to send", batches, of.queueRequests],
    [
      "GB-seconds of the function, if a page takes 0.25 s",
      (seconds + pages * SECONDS_PER_PAGE) * GIGABYTES,
      of.gigabyteSeconds,
    ],
  ];
  const cost = (amount: number, price: number) => (amount * price) / 1e6;
  const sum = rows.reduce((total, [, amount, price]) => total + cost(amount, price), 0);
  return {
    title: `A run over ${number(customers)} customers of ${number(bytes)} bytes in ${items} items each, in us-east-1, without the enrollments`,
    columns: ["what", "amount", "$"],
    rows: [
      ...rows.map(([what, amount, price]) => [what, number(amount), cost(amount, price).toFixed(3)]),
      ["in all", "", sum.toFixed(2)],
    ],
  };
}
