/** Runs a command of the command line in a process of its own, and measures it: seconds, CPU seconds of all cores, peak memory. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/journeys.cjs", import.meta.url));

export interface TimedCommand {
  /** The last line that the command prints. */
  readonly summary: string;
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

export function timedCommand(...args: readonly string[]): TimedCommand {
  const start = performance.now();
  const out = execFileSync(process.execPath, [...report, program, ...args], { encoding: "utf8", maxBuffer: 2 ** 30 });
  const seconds = (performance.now() - start) / 1000;
  const [summary = "", used = ""] = out.trimEnd().split("\n").slice(-2);
  const { cpu, megabytes } = JSON.parse(used);
  return { summary, seconds, cpu, megabytes };
}

/** Threads count as the process does. */
const report = [
  "--import",
  `data:text/javascript,${encodeURIComponent(`process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
  });`)}`,
];
