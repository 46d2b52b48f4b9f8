/** The data that a condition reads. The app loads exactly this data, and a change wakes only the journeys that read it. */

import { minus, type Time } from "../time/time.ts";
import { parsePath, type Root } from "../values/path.ts";
import type { Condition } from "./condition.ts";
import { leaves } from "./condition-tree.ts";
import { pathsRead } from "./value-path.ts";

/** The `customer.…` paths that a condition reads. */
export function customerFields(condition: Condition): string[] {
  return pathsBelow("customer", condition);
}

/** Whether one of the conditions reads the event with which the customer entered. */
export function readsEnrollmentEvent(conditions: readonly (Condition | undefined)[]): boolean {
  return conditions.some((condition) => condition && pathsBelow("enrollment.event", condition).length > 0);
}

function pathsBelow(root: Root, condition: Condition): string[] {
  const paths = leaves(condition).flatMap((leaf) => ("field" in leaf ? pathsRead(leaf) : []));
  return [...new Set(paths.filter((path) => parsePath(path).root === root))];
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
