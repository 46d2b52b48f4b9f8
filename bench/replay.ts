/**
 * `journeys replay` on archives of N customers with ten events each: seconds, CPU seconds of all cores, and peak memory.
 * Each N is a process of its own, which reads its archive from a file.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { number, type Table } from "./print/table.ts";

const EVENTS = 10;
const START = Date.UTC(2026, 0, 1);
const example = fileURLToPath(new URL("../examples/abandoned-cart/", import.meta.url));
const program = fileURLToPath(new URL("../bin/journeys.cjs", import.meta.url));

interface Run {
  readonly customers: number;
  readonly changed: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

export function replaying(sizes: readonly number[] = [10_000, 100_000]): Table {
  return {
    title: `Replay of customers with ${EVENTS} events each over 30 days, through the live journey and a draft`,
    columns: ["customers", "changed", "seconds", "CPU seconds", "peak MB"],
    rows: sizes
      .map(run)
      .map(({ customers, changed, seconds, cpu, megabytes }) => [
        number(customers),
        number(changed),
        number(seconds, 1),
        number(cpu, 1),
        number(megabytes),
      ]),
  };
}

function run(customers: number): Run {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  try {
    const [past, draft] = [join(folder, "past.jsonl"), join(folder, "draft.json")];
    writeArchive(past, customers);
    writeFileSync(draft, draftText());
    const args = ["replay", draft, "--from", past, "--against", example, "--json"];
    const start = performance.now();
    const out = execFileSync(process.execPath, [...report, program, ...args], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    const seconds = (performance.now() - start) / 1000;
    const [summary = "", used = ""] = out.trimEnd().split("\n").slice(-2);
    const { cpu, megabytes } = JSON.parse(used);
    return { customers, changed: JSON.parse(summary).changed, seconds, cpu, megabytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Threads count as the process does. */
const report = [
  "--import",
  `data:text/javascript,${encodeURIComponent(`process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
  });`)}`,
];

/** The draft waits longer before the first reminder, which changes the passage of every customer who gets it. */
function draftText(): string {
  const journey = JSON.parse(readFileSync(join(example, "journey.json"), "utf8"));
  const [first] = Object.entries<{ type: string }>(journey.components).find(([, { type }]) => type === "wait") ?? [];
  if (first === undefined) throw new Error("The example has no wait.");
  const wait = { ...journey.components[first], for: "PT3H" };
  return JSON.stringify({ ...journey, components: { ...journey.components, [first]: wait } });
}

/** Every tenth customer starts a checkout, and every second of those buys a day later. */
function writeArchive(path: string, customers: number): void {
  const file = openSync(path, "w");
  const header = {
    archive: 1,
    from: new Date(START).toISOString(),
    until: "2026-01-31T00:00:00.000Z",
    attributes: true,
  };
  writeSync(file, `${JSON.stringify(header)}\n`);
  for (let n = 0; n < customers; n++) writeSync(file, `${JSON.stringify(customerLine(n))}\n`);
  closeSync(file);
}

function customerLine(n: number): object {
  const moment = (hours: number) => new Date(START + ((n % 480) + hours) * 3_600_000).toISOString();
  const isBuyer = n % 10 === 0;
  const names = Array.from({ length: EVENTS }, (_, index) => {
    if (isBuyer && index === 2) return "checkout.started";
    return isBuyer && index === 8 && n % 20 === 0 ? "order.placed" : "page.viewed";
  });
  const events = names.map((event, index) => ({
    at: moment(index * 4),
    event,
    id: `e-${n}-${index}`,
    data: { total: 20 + (n % 50), cartId: `k-${n}`, page: `/products/${index}` },
  }));
  return { customerId: `c-${n}`, attributes: { email: `c-${n}@mail.example`, country: "DE" }, events };
}
