/** `journeys customer ID`: everything that is stored about a customer. */
import type { CliCommand } from "./command.ts";
import { jsonOption, stackOption, withStack } from "./deployed/on-stack.ts";
import type { DeployedStack } from "./deployed/stack.ts";
import type { ExitCode, Io } from "./io.ts";

export const customerCommand: CliCommand = {
  usage: "customer <id>",
  summary: "everything about a customer: attributes, events, each journey step by step, messages, reasons",
  options: [stackOption, jsonOption],
  notes: "What is printed is personal data. Times are in UTC. Exit code 1 when nothing is stored about the customer.",
  example: "journeys customer c-42",
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    customer(id, { json: options.json === true }, stack, io),
  ),
};

async function customer(id: string, { json }: { json: boolean }, stack: DeployedStack, io: Io): Promise<ExitCode> {
  const [{ recordOf }, { executionOf }, { showRecord }] = await Promise.all([
    import("./customer/record.ts"),
    import("./customer/execution.ts"),
    import("./customer/show.ts"),
  ]);
  const items = await stack.customer(id);
  const record = recordOf(id, items);
  const machine = stack.output("StateMachineArn");
  if (json) {
    const enrollments = record.enrollments.map((each) => ({ ...each, execution: executionOf(each, machine) }));
    io.out(JSON.stringify({ ...record, enrollments }));
  } else if (items.length > 0) showRecord(record, machine, io);
  if (items.length > 0) return 0;
  io.err(`Nothing is stored about a customer "${id}". Ids are exact: check capitals and spaces.`);
  return 1;
}
