/** Gives the customers of a file the attributes in its columns, by an event for each, and waits until all are stored. */

import { batches } from "../../stack/entries.ts";
import type { Stack } from "../../stack/stack.ts";
import type { ListedCustomer } from "../enter/customer-list.ts";
import { customerUpdate } from "../enter/customer-update.ts";
import type { Io } from "../terminal/io.ts";

const LOOK_EVERY_MILLISECONDS = 1_000;
const MOST_LOOKS = 600;

export async function updateCustomers(
  runId: string,
  customers: readonly ListedCustomer[],
  stack: Stack,
  io: Io,
): Promise<void> {
  const changed = customers.filter(({ attributes }) => Object.keys(attributes).length > 0);
  const idOf = ({ customerId }: ListedCustomer) => `${runId}:${customerId}`;
  const updates = changed.map((customer) => {
    const update = customerUpdate(customer.customerId, customer.attributes, idOf(customer));
    if ("problems" in update) throw new Error(`Line ${customer.line}: ${update.problems[0]?.message}`);
    return update;
  });
  for (const batch of batches(updates)) {
    const refused = (await stack.putEvents(batch.map(({ entry }) => entry))).find((why) => why !== undefined);
    if (refused !== undefined) throw new Error(`The bus refused an update of a customer: ${refused}`);
  }
  let left = changed;
  for (let looks = 0; left.length > 0; looks++) {
    const stored = await Promise.all(left.map((each) => stack.ports.store.event(each.customerId, idOf(each))));
    left = left.filter((_, index) => stored[index] === undefined);
    if (left.length === 0) return;
    if (looks >= MOST_LOOKS)
      throw new Error(`${left.length} updates of customers have not been handled. No run was started.`);
    await io.sleep(LOOK_EVERY_MILLISECONDS);
  }
}
