/** `journeys forecast` on archives of N customers. Each N is a process of its own, which reads its archive from a file. */

import { number, type Table } from "../print/table.ts";
import { EVENTS, example, withPast } from "./past.ts";
import { timedCommand } from "./timed-command.ts";

export function forecasting(sizes: readonly number[] = [10_000, 100_000]): Table {
  return {
    title: `Forecast of 7 days from the last 30 days of customers with ${EVENTS} events each, through the live journey`,
    columns: ["customers", "customers written to", "seconds", "CPU seconds", "peak MB"],
    rows: sizes.map(row),
  };
}

function row(customers: number): string[] {
  const { summary, seconds, cpu, megabytes } = withPast(customers, (past) =>
    timedCommand("forecast", "--from", past, "--live", example, "--json"),
  );
  const { customersWrittenTo } = JSON.parse(summary);
  return [number(customers), number(customersWrittenTo), number(seconds, 1), number(cpu, 1), number(megabytes)];
}
