/** The archive of a simulated past, by the code that archives a stack. */
import { type ArchivedCustomer, readCustomer } from "../../../proof/replay/archive.ts";
import { archivedCustomer, type StoredCustomer } from "../../../proof/replay/archived-customer.ts";
import type { ReplaySettings } from "../../../proof/replay/replayer.ts";
import type { MemoryStore } from "../../../simulator/memory-store.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { CustomerLine } from "../../../simulator/timeline.ts";

export interface Past {
  readonly lines: readonly CustomerLine[];
  readonly customers: readonly ArchivedCustomer[];
  readonly settings: ReplaySettings;
}

/** The passages in the simulator, and their archive. */
export async function past(scenario: Scenario, attributes = true): Promise<Past> {
  const lines: CustomerLine[] = [];
  const from = [...(scenario.events ?? []), ...(scenario.statuses ?? [])].map(({ at }) => at).sort()[0] ?? "";
  const until = scenario.until ?? "2027-06-01T00:00:00.000Z";
  const result = await simulate({ ...scenario, until }, (line) => line.kind !== "run" && lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const window = { from: new Date(from).toISOString(), until: new Date(until).toISOString(), attributes };
  const customers = storedIn(result.store).flatMap((stored) => archivedCustomer(stored, window) ?? []);
  return { lines, customers: customers.map(written), settings: { ...window, statuses: "none", rates: {} } };
}

/** As a file has it. */
function written(customer: ArchivedCustomer): ArchivedCustomer {
  const read = readCustomer(JSON.stringify(customer));
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

const storedIn = (store: MemoryStore): StoredCustomer[] =>
  [...store.all()].map(({ customer, enrollments, events }) => ({
    customerId: customer.customerId,
    profile: customer,
    enrollments: [...enrollments.values()],
    events: [...events.values()],
  }));

/** The text of the archive's file. */
export function archiveText({ customers, settings: { from, until } }: Past, attributes = true): string {
  const header = { archive: 1, from, until, attributes };
  return [header, ...customers].map((line) => `${JSON.stringify(line)}\n`).join("");
}
