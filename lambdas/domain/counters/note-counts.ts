/**
 * Counts the values of reserved attributes that could not be used, so that `journeys doctor` can say how many there
 * were without reading every customer. These counts belong to no journey, so their counters have a key that no journey
 * has.
 */
import type { Customer } from "../customer/customer.ts";
import { own } from "../values/json.ts";
import { counterName } from "./counter-name.ts";
import type { Counts } from "./counts.ts";

/** A journey's id has no `~`. */
export const ALL_CUSTOMERS = "~customers";

/** One count for each note that a change of the customer adds or renews. */
export function noteCounts(before: Customer, after: Customer): Counts {
  const added = Object.entries(after.notes ?? {}).filter(([attribute, { reason, at }]) => {
    const known = own(before.notes ?? {}, attribute);
    return known?.reason !== reason || known.at !== at;
  });
  return Object.fromEntries(
    added.map(([attribute, { reason }]) => [counterName({ scope: "note", attribute, reason }), 1]),
  );
}
