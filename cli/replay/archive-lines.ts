/**
 * The archive of a stack, customer by customer. A scan returns all items of one customer together, so only these items
 * are in memory.
 */
import type { ArchivedCustomer } from "../../proof/replay/archive.ts";
import { archivedCustomer, type Window } from "../../proof/replay/archived-customer.ts";
import { recordOf } from "../../stack/deployed/customer-record.ts";
import type { Item, Stack } from "../../stack/stack.ts";

/** `sample`: the number of parts of the table, of which one is read. */
export async function* archivedCustomers(
  stack: Pick<Stack, "scanCustomers">,
  window: Window,
  sample?: number,
): AsyncGenerator<ArchivedCustomer> {
  for await (const [customerId, items] of byCustomer(stack.scanCustomers(sample))) {
    const archived = archivedCustomer(recordOf(customerId, items), window);
    if (archived) yield archived;
  }
}

async function* byCustomer(scan: AsyncIterable<Item>): AsyncGenerator<[string, readonly Item[]]> {
  let [customerId, items]: [string, Item[]] = ["", []];
  for await (const item of scan) {
    if (item.customerId !== customerId) {
      if (items.length > 0) yield [customerId, items];
      [customerId, items] = [String(item.customerId), []];
    }
    items.push(item);
  }
  if (items.length > 0) yield [customerId, items];
}
