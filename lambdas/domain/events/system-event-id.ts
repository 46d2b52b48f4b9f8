/**
 * The ids of the system's events that come back to it from the bus (emitted events and `customer.changed`). These ids
 * start with a prefix that `parseEvent` refuses in an app's event. Otherwise an app could publish an event under the id
 * that an emitted event is going to have, and the emitted event would be dropped as a duplicate.
 */

import { SYSTEM_ID_PREFIX } from "../values/event-identity.ts";
import { deterministicId } from "../values/hash.ts";

export function systemEventId(...parts: readonly string[]): string {
  return `${SYSTEM_ID_PREFIX}${deterministicId(...parts)}`;
}
