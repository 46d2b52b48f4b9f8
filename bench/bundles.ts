/**
 * Measures what a cold start loads: the size of each function's bundle, its largest packages, and the import time in a
 * new Node process. `bundles.json` holds the sizes that a test admits; `npm run bundles -- --write` updates it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, bundles } from "../lib/functions/bundle.ts";
import { machine, number, shown, type Table } from "./print/table.ts";

export const admittedFile = new URL("bundles.json", import.meta.url);
const RUNS = 9;

/** The environment variables of all functions. The resources that they name do not exist. */
const environment = {
  PATH: process.env.PATH ?? "",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  EVENT_RETENTION_DAYS: "400",
  ...Object.fromEntries(
    [
      "JOURNEYS_TABLE",
      "CUSTOMERS_TABLE",
      "COUNTERS_TABLE",
      "TEMPLATES_TABLE",
      "STATE_MACHINE_ARN",
      "EVENT_BUS_NAME",
      "CONFIGURATION_SET",
      "QUEUE_URL",
      "DEAD_LETTER_QUEUE_URL",
      "UNSUBSCRIBE_URL",
      "STATUS_QUEUE_URL",
      "SIGNING_SECRET_ARN",
      "ADDRESS_KEY_ARN",
      "WRITER_NAME",
      "ENTRIES_QUEUE_URL",
      "SCHEDULE_GROUP",
      "RUN_MACHINE_ARN",
      "SCHEDULE_ROLE_ARN",
    ].map((name) => [name, "x"]),
  ),
};

/** A server for the one request that functions make before their first event: the secret that signs links. */
const answering = `
  const { createServer } = await import("node:http");
  const server = createServer((_, response) => response.end('{"SecretString":"s"}')).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:" + server.address().port;
  const start = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - start));
  process.exit();
`;

function importTime(file: string): number {
  const times = Array.from({ length: RUNS }, () =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", answering, file], {
        env: environment,
        encoding: "utf8",
      }),
    ),
  );
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] as number;
}

/** The three largest packages of a bundle. */
function largest({ inputs }: Bundle): string {
  const packages = new Map<string, number>();
  for (const [path, bytes] of Object.entries(inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "own code";
    packages.set(name, (packages.get(name) ?? 0) + bytes);
  }
  const sorted = [...packages].sort(([, a], [, b]) => b - a).slice(0, 3);
  return sorted.map(([name, bytes]) => `${name} ${number(bytes / 1000)}`).join(", ");
}

export function coldStarts(): Table {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    const rows = [...bundles()].map(([name, bundle]) => {
      const of = join(folder, name);
      mkdirSync(of);
      for (const [file, contents] of bundle.files) writeFileSync(join(of, file), contents);
      const byNeed = [...bundle.files.values()].reduce((sum, { length }) => sum + length, 0) - bundle.loaded;
      const time = importTime(join(of, "index.mjs"));
      return [name, number(bundle.loaded / 1000), number(byNeed / 1000), number(time), largest(bundle)];
    });
    return {
      title: "Cold start: each function's bundle, and its import in a new process",
      columns: ["function", "kB", "kB more by need", "ms", "largest in it, kB"],
      rows,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function sizes(): Record<string, number> {
  return Object.fromEntries([...bundles()].map(([name, { loaded }]) => [name, loaded]));
}

export const admitted = (): Record<string, number> => JSON.parse(readFileSync(admittedFile, "utf8"));

if (import.meta.main) {
  if (process.argv.includes("--write")) writeFileSync(admittedFile, `${JSON.stringify(sizes(), null, 2)}\n`);
  process.stdout.write(`${shown(coldStarts())}\n${machine()}\n`);
}
