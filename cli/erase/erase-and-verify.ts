/** Erases a customer with the event that an app would publish, then reads every table to verify the erasure. */
import { setTimeout as sleep } from "node:timers/promises";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { type Item, toCustomer } from "../../lambdas/adapters/customer-items.ts";
import { email } from "../../lambdas/domain/customer.ts";
import { remainingItems } from "../deployed/customer-record.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import { until, WaitedInVain } from "../deployed/until.ts";
import { mentions } from "./mentions.ts";

const SOURCE = "journeys-cli";
/** Calls that were running when the tombstone was written have ended after this time. */
const SETTLED_AFTER_MILLISECONDS = 2_000;

export interface Left {
  readonly table: string;
  readonly key: string;
}

export async function eraseAndVerify(
  customerId: string,
  { everywhere, seconds }: { everywhere: boolean; seconds: number },
  stack: DeployedStack,
): Promise<{ found: number; left: Left[] }> {
  const before = await stack.customer(customerId);
  const address = before.filter(({ sk }) => sk === "profile").map((item) => email(toCustomer(item)))[0];
  const last = tombstoneTime(before);
  await stack.publish("customer.deleted", { customerId }, SOURCE);
  const erased = async () => {
    const items = await stack.customer(customerId);
    return remainingItems(items).length === 0 && tombstoneTime(items) !== last;
  };
  await until("the customer to be erased", erased, seconds).catch((error: unknown) => {
    if (!(error instanceof WaitedInVain)) throw error;
  });
  await sleep(SETTLED_AFTER_MILLISECONDS);
  const after = await stack.customer(customerId);
  const left: Left[] = remainingItems(after).map((key) => ({ table: "customers", key }));
  if (after.length === 0) left.push({ table: "customers", key: "there is no tombstone: the event was not handled" });
  const wanted = [customerId, ...(address === undefined ? [] : [address])];
  for (const [table, { output, key }] of Object.entries(tables)) {
    if (table === "customers" && !everywhere) continue;
    for await (const item of all(output, stack))
      if (item.customerId !== customerId && mentions(item, wanted))
        left.push({ table, key: key.map((name) => item[name]).join(" ") });
  }
  return { found: before.filter((item) => remainingItems([item]).length > 0).length, left };
}

const tables = {
  journeys: { output: "JourneysTableName", key: ["id", "version"] },
  templates: { output: "TemplatesTableName", key: ["id"] },
  counters: { output: "CountersTableName", key: ["journey", "scope"] },
  customers: { output: "CustomersTableName", key: ["customerId", "sk"] },
} as const;

async function* all(output: string, stack: DeployedStack): AsyncGenerator<Item> {
  const pages = paginateScan({ client: stack.items }, { TableName: stack.output(output), ConsistentRead: true });
  for await (const { Items = [] } of pages) yield* Items;
}

function tombstoneTime(items: readonly Item[]): unknown {
  return items.find(({ sk }) => sk === "profile")?.deletedAt;
}
