/** How often a customer has entered a journey. `decide-entry.ts` reads it, and every entry changes it. */
import type { Time } from "../time/time.ts";
import type { Json } from "../values/json.ts";

/** Entry rules count per customer, journey and key. */
export interface Entry {
  readonly customerId: string;
  readonly journeyId: string;
  readonly key?: Json;
  readonly count: number;
  readonly lastEnteredAt: Time;
  /** Entries to which only automatic steps led, within a day of the first of them. */
  readonly automatic?: { readonly count: number; readonly since: Time };
  readonly revision: number;
}
