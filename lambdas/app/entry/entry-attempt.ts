/** What may let a customer enter a journey: an event, a change of the customer, or an audience run. */
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { EnrollmentKey } from "../../domain/enrollment/key.ts";
import type { Time } from "../../domain/time/time.ts";
import type { JsonObject } from "../../domain/values/json.ts";
import type { Change } from "../store.ts";

export interface EntryAttempt extends EnrollmentKey {
  readonly trigger: Omit<Enrollment["trigger"], "customerRevision">;
  /** The event's data; absent for a change of the customer, and for a run without an event. */
  readonly event?: JsonObject;
  readonly hops: number;
  /** Whether this delivery of the event was handled before, perhaps not to the end. */
  readonly redelivered?: boolean;
  /** A customer who enters does not visit the first component before this moment. */
  readonly notBefore?: Time;
  /** Further writes of the transaction in which the customer enters. */
  readonly also?: readonly Change[];
}
