/**
 * How soon a command answers: seconds by the clock, which a person waits, and of CPU time, which a busy machine does not
 * change. The compile cache of Node is warm, as it is from the second command on. Tests do not measure time.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { number, type Table } from "./print/table.ts";

const ROUNDS = 9;
const root = fileURLToPath(new URL("..", import.meta.url));
const program = fileURLToPath(new URL("../bin/journeys.cjs", import.meta.url));
const example = "examples/abandoned-cart";

export function commandStarts(): Table {
  const direct = [["--help"], ["validate", "--help"], ["validate", example]].map((args) =>
    row(`bin/journeys.cjs ${args.join(" ")}`, process.execPath, [...cpuReport, program, ...args]),
  );
  const throughNpm = row(`npm run -s journeys -- validate ${example}`, "npm", [
    ...["run", "-s", "journeys", "--", "validate", example],
  ]);
  return {
    title: "How soon a command answers",
    columns: ["command", "median, seconds", "slowest", "CPU seconds"],
    rows: [...direct, throughNpm],
  };
}

const cpuReport = [
  "--import",
  `data:text/javascript,${encodeURIComponent(`process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write("cpu " + (user + system) / 1e6);
  });`)}`,
];

function row(name: string, command: string, args: readonly string[]): string[] {
  run(command, args);
  const rounds = Array.from({ length: ROUNDS }, () => run(command, args));
  const clock = rounds.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const cpu = Math.min(...rounds.map((round) => round.cpu));
  const median = clock[Math.floor(ROUNDS / 2)] ?? 0;
  return [name, number(median, 2), number(clock.at(-1) ?? 0, 2), Number.isNaN(cpu) ? "" : number(cpu, 2)];
}

function run(command: string, args: readonly string[]): { seconds: number; cpu: number } {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { seconds, cpu: Number(/cpu ([\d.]+)$/.exec(stderr)?.[1]) };
}
