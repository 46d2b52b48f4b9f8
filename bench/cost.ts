/** The cost of the reference workload: beside other designs, by request, and for ten and a hundred times as many customers. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bill, dollars, priceDate } from "../insight/cost/bill.ts";
import { measure } from "../insight/cost/measure.ts";
import { total, type Usage } from "../insight/cost/usage.ts";
import { checkScenario } from "../simulator/scenario.ts";
import { number, type Table } from "./print/table.ts";
import { type Design, usageOf } from "./reference/designs.ts";
import { workload } from "./reference/workload.ts";

const MILLION = 1_000_000;

export async function usageFor(customers: number, reported = false): Promise<Usage> {
  const checked = checkScenario(workload(customers, { reported }));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems[0]));
  const { usage, simulation } = await measure(checked.value);
  if (simulation.summary.completed !== customers) throw new Error(`${simulation.summary.completed} have completed.`);
  return usage;
}

/** Leaves out the emails, which cost the same in every design. */
function row(name: string, usage: Usage, customers: number): string[] {
  const { transitions, calls, writeUnits, readUnits } = total(usage);
  const lines = bill(usage);
  const of = (items: readonly string[]) => dollars(lines.filter(({ item }) => items.includes(item)));
  const [all, emails, database, machine] = [
    dollars(lines),
    of(["emails"]),
    of(["writeUnits", "readUnits"]),
    of(["transitions"]),
  ];
  const millions = [transitions, calls, writeUnits, readUnits].map((n) => number(n / customers, 1));
  const each = [machine, database, all - emails].map((amount) => number((amount / customers) * MILLION));
  return [name, ...millions, ...each];
}

export async function designs(customers = 1_000): Promise<Table> {
  const [usage, reported] = [await usageFor(customers), await usageFor(customers, true)];
  const one = await usageFor(1);
  const entering: Usage = {
    transitions: 0,
    requests: one.requests.filter((used) => used.function === "trigger-matcher"),
    calls: { "trigger-matcher": one.calls["trigger-matcher"] ?? 0 },
  };
  const other = (design: Design) => row(design.replaceAll("-", " "), usageOf(design, entering), 1);
  return {
    title: `The reference workload, per 1,000,000 enrollments in us-east-1, list prices of ${priceDate}; amounts in millions`,
    columns: [
      "design",
      "transitions",
      "calls",
      "write units",
      "read units",
      "$ transitions",
      "$ database",
      "$ all but emails",
    ],
    rows: [
      row("this one", usage, customers),
      row("this one, with two delivery reports", reported, customers),
      other("machine-per-journey"),
      other("state-per-component"),
    ],
  };
}

export async function requests(customers = 1_000): Promise<Table> {
  const { requests } = await usageFor(customers);
  return {
    title: "The same, request by request, for one enrollment",
    columns: ["function", "request", "about", "requests", "write units", "read units"],
    rows: requests.map((used) => [
      used.function,
      used.api,
      used.what,
      ...[used.requests, used.writeUnits, used.readUnits].map((n) => number(n / customers, 1)),
    ]),
  };
}

interface Run {
  readonly customers: number;
  readonly requests: number;
  readonly dollars: number;
  readonly megabytes: number;
}

/** Runs each size in a process of its own. */
export function growth(sizes: readonly number[] = [1_000, 10_000, 100_000]): Table {
  const runs = sizes.map((size): Run => {
    const args = ["--max-old-space-size=8192", fileURLToPath(import.meta.url), String(size)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  });
  return {
    title: "Ten times as many enrollments (the memory is the simulator's, which is all of AWS here)",
    columns: ["enrollments", "requests", "×", "dollars", "×", "peak MB", "×"],
    rows: runs.map((run, index) => {
      const before = runs[index - 1];
      const ratio = (member: keyof Run) => (before ? (run[member] / before[member]).toFixed(2) : "");
      return [
        number(run.customers),
        number(run.requests),
        ratio("requests"),
        number(run.dollars, 2),
        ratio("dollars"),
        number(run.megabytes),
        ratio("megabytes"),
      ];
    }),
  };
}

if (import.meta.main) {
  const customers = Number(process.argv[2]);
  const usage = await usageFor(customers);
  const requests = Object.values(total(usage).apis).reduce((sum, n) => sum + n, 0);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const run: Run = { customers, requests, dollars: dollars(bill(usage)), megabytes };
  process.stdout.write(JSON.stringify(run));
}
