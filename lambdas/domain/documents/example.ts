/**
 * A customer and events as a scenario for the simulator, without documents. The customer's attributes stay as they are
 * at entry, except for what the journey itself changes: a path that needs more has no example.
 */

import type { Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";

export interface Example {
  readonly customers: readonly JsonObject[];
  readonly events: readonly {
    readonly at: Time;
    readonly event: string;
    readonly id: string;
    readonly customerId: string;
    readonly data?: JsonObject;
    readonly customer?: JsonObject;
  }[];
  readonly statuses: readonly {
    readonly at: Time;
    readonly customerId: string;
    readonly message: string;
    readonly status: string;
  }[];
  readonly splits: readonly { readonly component: string; readonly branch: string }[];
  readonly entries: readonly { readonly at: Time; readonly journey: string; readonly customers: readonly string[] }[];
  readonly until: Time;
}
