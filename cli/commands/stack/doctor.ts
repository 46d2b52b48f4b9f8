/** `journeys doctor`: the problems of a stack, what they mean for customers, and the commands that fix them. */

import type { Finding, State } from "../../../insight/health/finding.ts";
import { findingsOf, isHealthy } from "../../../insight/health/findings.ts";
import { count } from "../../../insight/words/count.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { Color, ExitCode, Io } from "../../terminal/io.ts";
import { DEFAULT_STACK, jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";

export const doctorCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "Checks queues and dead letters, failed batches of stream records, overdue steps, rejected saves, failed enrollments,\nopen executions, alarms and the email account. A value that cannot be read is shown as unknown. Exit code 1 when\nsomething fails.",
  example: "journeys doctor",
  run: (given, io) =>
    onStack(given, io, async (stack) => {
      const { observe } = await import("../../../stack/observe/observe.ts");
      const name = typeof given.options.stack === "string" ? given.options.stack : DEFAULT_STACK;
      return show(findingsOf(await observe(name, stack)), given.options.json === true, io);
    }),
};

const marks: Record<State, readonly [mark: string, color: Color]> = {
  ok: ["✓", "green"],
  note: ["!", "yellow"],
  failing: ["✗", "red"],
  "not known": ["?", "gray"],
};

function show(findings: readonly Finding[], json: boolean, io: Io): ExitCode {
  const healthy = isHealthy(findings);
  if (json) io.out(JSON.stringify({ ok: healthy, findings }));
  else {
    const width = Math.max(...findings.map(({ area }) => area.length));
    for (const { area, state, what, forCustomers, doFirst } of findings) {
      const [mark, color] = marks[state];
      io.out(`${io.style(color, mark)} ${area.padEnd(width)}  ${what}`);
      if (forCustomers) io.out(`    For customers: ${forCustomers}`);
      if (doFirst) io.out(`    Do first: ${doFirst}`);
    }
    const failing = findings.filter(({ state }) => state === "failing").length;
    io.out(
      healthy ? io.style("green", "The stack is healthy.") : io.style("red", `${count(failing, "problem")} to fix.`),
    );
  }
  return healthy ? 0 : 1;
}
