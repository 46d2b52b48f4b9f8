/** Erases a customer with the event that an app would publish, then reads every table to verify the erasure. */
import { type Item, PROFILE, toCustomer } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { email, phone } from "../../lambdas/domain/customer/customer.ts";
import type { SystemEventName } from "../../lambdas/domain/events/system-events.ts";
import { remainingItems } from "../../stack/deployed/customer-record.ts";
import { until, WaitedInVain } from "../../stack/deployed/until.ts";
import type { Stack, Table } from "../../stack/stack.ts";
import type { Io } from "../terminal/io.ts";
import { mentions } from "./mentions.ts";

const SOURCE = "journeys-cli";
/** After this time, all calls that were running when the tombstone was written have ended. */
const SETTLED_AFTER_MILLISECONDS = 2_000;

export interface Left {
  readonly table: string;
  readonly key: string;
}

export async function eraseAndVerify(
  customerId: string,
  { everywhere, seconds }: { everywhere: boolean; seconds: number },
  stack: Stack,
  io: Io,
): Promise<{ found: number; left: Left[] }> {
  const before = await stack.customer(customerId);
  const addresses = before
    .filter(({ sk }) => sk === PROFILE)
    .map(toCustomer)
    .flatMap((customer) => [email(customer) ?? [], phone(customer) ?? []].flat());
  const last = tombstoneTime(before);
  await stack.publish("customer.deleted" satisfies SystemEventName, { customerId }, SOURCE);
  const erased = async () => {
    const items = await stack.customer(customerId);
    return remainingItems(items).length === 0 && tombstoneTime(items) !== last;
  };
  await until("the customer to be erased", erased, seconds, io).catch((error: unknown) => {
    if (!(error instanceof WaitedInVain)) throw error;
  });
  await io.sleep(SETTLED_AFTER_MILLISECONDS);
  const after = await stack.customer(customerId);
  const left: Left[] = remainingItems(after).map((key) => ({ table: "customers", key }));
  if (after.length === 0) left.push({ table: "customers", key: "there is no tombstone: the event was not handled" });
  const wanted = [customerId, ...addresses];
  for (const [table, key] of Object.entries(keys) as [Table, readonly string[]][]) {
    if (table === "customers" && !everywhere) continue;
    for await (const item of stack.scan(table))
      if (item.customerId !== customerId && mentions(item, wanted))
        left.push({ table, key: key.map((name) => item[name]).join(" ") });
  }
  return { found: before.filter((item) => remainingItems([item]).length > 0).length, left };
}

/** The key attributes of each table. */
const keys: Record<Table, readonly string[]> = {
  journeys: ["id", "version"],
  templates: ["id"],
  counters: ["journey", "scope"],
  customers: ["customerId", "sk"],
};

function tombstoneTime(items: readonly Item[]): unknown {
  return items.find(({ sk }) => sk === PROFILE)?.deletedAt;
}
