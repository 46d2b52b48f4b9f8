/** A customer after changes at three times. */
import { type Customer, unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";

export const [early, mid, late] = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"];

export const merged = (...changes: readonly [JsonObject, string][]): Customer =>
  changes.reduce((customer, [change, time]) => mergeChanges(customer, change, time, 0), unknownCustomer("c-1"));

export const by = (id: string) => ({ id, name: "order" });
