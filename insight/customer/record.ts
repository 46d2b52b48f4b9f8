/** Everything that is stored about one customer, sorted by kind. Each list is in order of time. */
import type { Reason } from "../../lambdas/app/store.ts";
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Entry } from "../../lambdas/domain/enrollment/entry.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";

export interface CustomerRecord {
  readonly customerId: string;
  readonly profile?: Customer;
  readonly enrollments: readonly Enrollment[];
  readonly events: readonly CustomerEvent[];
  /** Why the customer did not enter a journey: one reason for each refused entry attempt. */
  readonly reasons: readonly Reason[];
  /** How often the customer has entered each journey. */
  readonly entries: readonly Entry[];
}
