/** `journeys customer ID`: everything that is stored about a customer. */

import type { Stack } from "../../../stack/stack.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const customerCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "The output is personal data. Times are in UTC. The data at a decision is derived from the present data; values that\nhave changed or expired since the decision are marked. Exit code 1 when nothing is stored about the customer.",
  example: "journeys customer c-42",
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    customer(id, { json: options.json === true }, stack, io),
  ),
};

async function customer(id: string, { json }: { json: boolean }, stack: Stack, io: Io): Promise<ExitCode> {
  const [{ recordOf }, { decisionsIn, enteredJourneys }, { executionOf }, { showRecord }] = await Promise.all([
    import("../../../stack/deployed/customer-record.ts"),
    import("../../../stack/deployed/customer-decisions.ts"),
    import("../../customer/execution.ts"),
    import("../../customer/show-record.ts"),
  ]);
  const items = await stack.customer(id);
  const record = recordOf(id, items);
  const machine = stack.output("StateMachineArn");
  const journeys = await enteredJourneys(record, stack);
  const decisions = decisionsIn(record, journeys, stack);
  if (json) {
    const enrollments = record.enrollments.map((each) => {
      const decided = decisions.get(each.enrollmentId) ?? [];
      const steps = each.steps.map((step, index) => ({ ...step, ...(decided[index] && { decision: decided[index] }) }));
      return { ...each, steps, execution: executionOf(each, machine) };
    });
    io.out(JSON.stringify({ ok: items.length > 0, ...record, enrollments }));
  } else if (items.length > 0) showRecord(record, machine, io, { decisions, journeys });
  if (items.length > 0) return 0;
  io.err(`Nothing is stored about a customer "${id}". Ids are case-sensitive: check capitals and spaces.`);
  return 1;
}
