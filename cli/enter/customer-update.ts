/** The event that gives a customer of a list the attributes in its cells. */

import { EPOCH } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { entryOf } from "../../stack/entries.ts";

const SOURCE = "journeys.enter";

/** No id of an update is longer: the id of a run, a colon and the id of a customer. */
const LONGEST_ID = "-".repeat(256);

/** Problems: no stack can take these attributes. The list is refused then, before any customer is changed. */
export function customerUpdate(customerId: string, attributes: JsonObject, id = LONGEST_ID) {
  return entryOf({ event: "customer.updated", id, customerId, customer: attributes }, SOURCE, EPOCH);
}
