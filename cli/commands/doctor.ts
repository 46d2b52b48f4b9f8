/** `journeys doctor`: is the stack well, what does it mean for customers if not, and which command puts it right. */

import type { Finding, State } from "../../insight/health/finding.ts";
import { findingsOf, isHealthy } from "../../insight/health/findings.ts";
import { DEFAULT_STACK, jsonOption, onStack, stackOption } from "../deployed/on-stack.ts";
import type { CliCommand } from "../terminal/command.ts";
import type { Colour, ExitCode, Io } from "../terminal/io.ts";

export const doctorCommand: CliCommand = {
  usage: "doctor",
  summary: "is the stack well? what ails it, what that means for customers, and what puts it right",
  options: [stackOption, jsonOption],
  notes:
    "Looks at queues and dead letters, what streams gave up on, overdue steps, rejected saves, failed enrollments, open\nexecutions, alarms and the standing of email. What cannot be read is told as not known. Exit code 1 when something is\nill.",
  example: "journeys doctor",
  run: (given, io) =>
    onStack(given, async (stack) => {
      const { observe } = await import("../doctor/observe.ts");
      const name = typeof given.options.stack === "string" ? given.options.stack : DEFAULT_STACK;
      return tell(findingsOf(await observe(name, stack)), given.options.json === true, io);
    }),
};

const marks: Record<State, readonly [mark: string, colour: Colour]> = {
  well: ["✓", "green"],
  note: ["!", "yellow"],
  ill: ["✗", "red"],
  "not known": ["?", "gray"],
};

function tell(findings: readonly Finding[], json: boolean, io: Io): ExitCode {
  const healthy = isHealthy(findings);
  if (json) io.out(JSON.stringify({ healthy, findings }));
  else {
    const width = Math.max(...findings.map(({ area }) => area.length));
    for (const { area, state, what, forCustomers, doFirst } of findings) {
      const [mark, colour] = marks[state];
      io.out(`${io.style(colour, mark)} ${area.padEnd(width)}  ${what}`);
      if (forCustomers) io.out(`    For customers: ${forCustomers}`);
      if (doFirst) io.out(`    Do first: ${doFirst}`);
    }
    const ill = findings.filter(({ state }) => state === "ill").length;
    io.out(healthy ? io.style("green", "The stack is well.") : io.style("red", `${ill} to put right.`));
  }
  return healthy ? 0 : 1;
}
