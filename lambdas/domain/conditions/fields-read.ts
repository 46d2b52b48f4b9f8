/** What a condition needs to know, so that the edge fetches exactly that and a change wakes exactly those who care. */

import { minus, type Time } from "../time/time.ts";
import type { Condition } from "./condition.ts";
import { leaves } from "./condition-tree.ts";

/** The paths below `customer.` that a condition names. */
export function customerFields(condition: Condition): string[] {
  const fields = leaves(condition).flatMap((leaf) =>
    "field" in leaf && leaf.field.startsWith("customer.") ? [leaf.field] : [],
  );
  return [...new Set(fields)];
}

/** The event names a condition counts, each with the moment from which on they matter. */
export function countedEvents(conditions: readonly (Condition | undefined)[], now: Time): Map<string, Time> {
  const since = new Map<string, Time>();
  for (const condition of conditions) {
    if (!condition) continue;
    for (const leaf of leaves(condition)) {
      if (!("event" in leaf)) continue;
      const from = minus(now, leaf.within);
      const known = since.get(leaf.event);
      since.set(leaf.event, known !== undefined && known < from ? known : from);
    }
  }
  return since;
}
