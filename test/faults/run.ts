/**
 * `npm run faults`: runs random schedules, the sweep over the examples and fuzzed documents on all cores, and then the
 * tests of whole crowds and samples, and the random tests with its own seed. Its first line repeats the run:
 * `npm run faults -- --seed S`. `--seed S --path P` replays one schedule.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Job, jobsOf, type Outcome, work } from "./jobs.ts";
import { liveThrough } from "./live.ts";
import { printed, printedBreak, Sum } from "./sum.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    path: { type: "string" },
    schedules: { type: "string", default: "100000" },
    documents: { type: "string", default: "100000" },
    only: { type: "string" },
    workers: { type: "string", default: String(availableParallelism()) },
    worker: { type: "boolean", default: false },
  },
});
const print = (text: string) => void process.stdout.write(`${text}\n`);

if (values.worker) serve();
else if (values.path !== undefined) await replay(Number(values.seed), values.path);
else await run();

/** Replays one schedule in its shrunk form. */
async function replay(seed: number, path: string): Promise<void> {
  const of = values.only === "migrations" ? "migrations" : "schedules";
  const { broken } = await liveThrough(seed, 1, { path, of });
  print(broken ? printedBreak(broken) : "No law is broken by this schedule.");
  process.exitCode = broken ? 1 : 0;
}

async function run(): Promise<void> {
  const seed = Number(values.seed);
  const jobs = jobsOf(seed, Number(values.schedules), Number(values.documents)).filter(
    ({ kind }) => values.only === undefined || kind === values.only,
  );
  print(`npm run faults -- --seed ${seed}   (${jobs.length} jobs, ${values.workers} workers)`);
  const start = performance.now();
  const sum = new Sum();
  const seconds = () => (performance.now() - start) / 1000;
  // A stopped run prints its results so far.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      print(`Stopped with ${jobs.length} jobs left.\n${printed(sum, seconds())}`);
      process.exit(1);
    });
  await Promise.all(Array.from({ length: Number(values.workers) }, () => employ(jobs, sum)));
  print(printed(sum, seconds()));
  const crowds = values.only === undefined || values.only === "crowds" ? await wholeCrowds() : 0;
  const samples = values.only === undefined || values.only === "samples" ? await wholeSamples() : 0;
  const properties = values.only === undefined || values.only === "properties" ? await otherProperties(seed) : 0;
  process.exitCode = sum.broken.length > 0 ? 1 : crowds || samples || properties;
}

/** Runs the tests of crowds in full; `npm test` runs a tenth of each. Returns the exit code. */
function wholeCrowds(): Promise<number> {
  return tests(["--tags-filter=crowd"], { WHOLE_CROWDS: "1" });
}

/** Runs in full the checks of which `npm test` does a part. Returns the exit code. */
function wholeSamples(): Promise<number> {
  return tests(["--tags-filter=sampled"], { WHOLE_SAMPLES: "1" });
}

/** Runs the random tests with other values than `npm test`, which draws the same ones in every run, and with more of them. */
function otherProperties(seed: number): Promise<number> {
  return tests(["test/properties"], { PROPERTY_SEED: String(seed), PROPERTY_FACTOR: "20" });
}

async function tests(filters: readonly string[], variables: Readonly<Record<string, string>>): Promise<number> {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project=pure", "--reporter=dot", ...filters];
  const env = { ...process.env, ...variables };
  const [code] = await once(spawn(process.execPath, args, { stdio: "inherit", env }), "close");
  return code ?? 1;
}

/** Starts a process that takes one job after the other until none is left. */
function employ(jobs: Job[], sum: Sum): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker: ChildProcess = fork(import.meta.filename, ["--worker"]);
    const next = () => {
      const job = jobs.shift();
      if (job) worker.send(job);
      else worker.disconnect();
    };
    worker.on("message", (outcome: Outcome) => {
      for (const broken of sum.add(outcome)) print(broken);
      next();
    });
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}.`))));
    next();
  });
}

function serve(): void {
  process.on("message", async (job: Job) => {
    const outcome = await work(job);
    if (process.connected) process.send?.(outcome);
  });
  // A worker ends with its parent.
  process.on("disconnect", () => process.exit());
}
