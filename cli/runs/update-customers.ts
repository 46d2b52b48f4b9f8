/** Gives the customers of a file the attributes in its columns, by an event for each, and waits until all are stored. */

import type { Stack } from "../../stack/stack.ts";
import type { ListedCustomer } from "../enter/customer-list.ts";
import type { Io } from "../terminal/io.ts";

const BATCH = 10;
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
  for (let start = 0; start < changed.length; start += BATCH) {
    const entries = changed.slice(start, start + BATCH).map((customer) => ({
      Source: "journeys.enter",
      DetailType: "customer.updated",
      Detail: JSON.stringify({
        id: idOf(customer),
        customerId: customer.customerId,
        customer: customer.attributes,
      }),
    }));
    const refused = (await stack.putEvents(entries)).find((why) => why !== undefined);
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
