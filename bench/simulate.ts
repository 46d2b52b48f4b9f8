/**
 * How the simulator grows: N customers with three events each over 90 virtual days, each N in a process of its own.
 * `node bench/simulate.ts N` is one of the runs.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkScenario } from "../simulator/scenario.ts";
import { simulate } from "../simulator/simulate.ts";
import { number, type Table } from "./print/table.ts";

interface Run {
  readonly customers: number;
  readonly events: number;
  readonly seconds: number;
  readonly megabytes: number;
}

if (import.meta.main) process.stdout.write(JSON.stringify(await run(Number(process.argv[2]))));

async function run(customers: number): Promise<Run> {
  const checked = checkScenario(scenarioOf(customers));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems[0]));
  const start = performance.now();
  const result = await simulate(checked.value, () => {});
  if ("problems" in result) throw new Error(JSON.stringify(result.problems[0]));
  if (result.summary.entered !== customers) throw new Error(`${result.summary.entered} of ${customers} entered`);
  const seconds = (performance.now() - start) / 1000;
  return { customers, events: customers * 3, seconds, megabytes: process.resourceUsage().maxRSS / 1024 };
}

function scenarioOf(customers: number): object {
  const example = (name: string) =>
    JSON.parse(readFileSync(new URL(`../examples/abandoned-cart/${name}`, import.meta.url), "utf8"));
  const start = Date.UTC(2026, 0, 1);
  const moment = (n: number, minutes: number) =>
    new Date(start + (((n * 97) % (80 * 1440)) + minutes) * 60_000).toISOString();
  const ids = Array.from({ length: customers }, (_, n) => `c-${n}`);
  return {
    journeys: [example("journey.json")],
    templates: [example("cart-reminder.template.json"), example("cart-last-call.template.json")],
    customers: ids.map((customerId) => ({ customerId, email: `${customerId}@mail.example`, country: "DE" })),
    events: ids.flatMap((customerId, n) => [
      { at: moment(n, 0), event: "page.viewed", customerId, data: { page: "/" } },
      { at: moment(n, 5), event: "checkout.started", customerId, data: { total: 20 + (n % 50), cartId: `k-${n}` } },
      { at: moment(n, n % 2 ? 30 : 5000), event: "order.placed", customerId, data: { cartId: `k-${n}` } },
    ]),
    until: "2026-04-01T00:00:00Z",
  };
}

export function simulator(sizes: readonly number[] = [1_000, 10_000, 100_000]): Table {
  const runs = sizes.map((size): Run => {
    const args = ["--max-old-space-size=8192", fileURLToPath(import.meta.url), String(size)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  });
  return {
    title: "The simulator: customers with three events each over 90 virtual days",
    columns: ["customers", "events/s", "seconds", "×", "peak MB", "×"],
    rows: runs.map((run, index) => {
      const before = runs[index - 1];
      const ratio = (member: "seconds" | "megabytes") => (before ? (run[member] / before[member]).toFixed(1) : "");
      return [
        number(run.customers),
        number(run.events / run.seconds),
        number(run.seconds, 2),
        ratio("seconds"),
        number(run.megabytes),
        ratio("megabytes"),
      ];
    }),
  };
}
