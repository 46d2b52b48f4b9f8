/** Enforces DynamoDB's limit of 400 KB per item around a store in memory, on the items of the real adapter. */
import { writesOf } from "../../lambdas/adapters/dynamodb/writes.ts";
import { PermanentError } from "../../lambdas/app/errors.ts";
import type { Change, Store } from "../../lambdas/app/store.ts";
import { START } from "../app/world.ts";

export const MOST_BYTES = 400 * 1024;
const settings = { customers: "customers", counters: "counters", eventRetentionDays: 30, now: () => START };

/** The item's size as text, which is slightly larger than DynamoDB's size. */
export function bytesOf(change: Change): number {
  const sizes = writesOf([change], settings).map(({ Put }) => Buffer.byteLength(JSON.stringify(Put?.Item ?? {})));
  return Math.max(0, ...sizes);
}

export function sized(store: Store): Store {
  const { commit } = store;
  return new Proxy(store, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member);
      if (member !== "commit") return typeof value === "function" ? value.bind(target) : value;
      return async (changes: readonly Change[]) => {
        if (changes.some((change) => bytesOf(change) > MOST_BYTES))
          throw new PermanentError("The database refused it: Item size has exceeded the maximum allowed size");
        return commit.call(target, changes);
      };
    },
  });
}
