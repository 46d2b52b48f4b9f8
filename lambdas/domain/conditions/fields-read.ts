/** The data that a condition reads. The app loads exactly this data, and a change wakes only the journeys that read it. */

import { minus, type Time } from "../time/time.ts";
import type { Condition } from "./condition.ts";
import { leaves } from "./condition-tree.ts";

/** The `customer.…` paths that a condition reads. */
export function customerFields(condition: Condition): string[] {
  const fields = leaves(condition).flatMap((leaf) =>
    "field" in leaf && leaf.field.startsWith("customer.") ? [leaf.field] : [],
  );
  return [...new Set(fields)];
}

/** The names of the events that the conditions count, each with the earliest time that counts. */
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
