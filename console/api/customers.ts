/** The data that the page of a customer shows. */
import type { CustomerRecord } from "../../insight/customer/record.ts";
import type { Decision } from "../../insight/decisions/decisions.ts";
import type { Answer } from "../../insight/entry/answer.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { Status } from "../../lambdas/domain/messages/message-status.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";

export interface CustomersAnswer {
  /**
   * Ids that contain the search. A deployed stack cannot search: its answer has only the customer with exactly this id,
   * if there is one.
   */
  readonly customers: readonly { readonly customerId: string; readonly name: string; readonly inside: number }[];
  readonly more: boolean;
  readonly searchable: boolean;
}

export interface CustomerAnswer {
  readonly now: Time;
  readonly record: CustomerRecord;
  /** The data at each step, by enrollment. JSON has no `undefined`: a step without a decision has `null`. */
  readonly decisions: Readonly<Record<string, readonly (Decision | null)[]>>;
  /** The version that the customer entered with, by `JOURNEY VERSION`, with the live version's rules. */
  readonly versions: Readonly<Record<string, Journey>>;
  /** For each journey: why the customer entered or did not enter. */
  readonly entries: readonly { readonly journeyId: string; readonly name: string; readonly answer: Answer }[];
}

/** An experiment on a copy of the customer, in the simulator. Nothing of it is stored. */
export interface WhatIf {
  readonly customerId: string;
  readonly event?: { readonly name: string; readonly data: JsonObject } | undefined;
  readonly status?: { readonly componentId: string; readonly status: Status } | undefined;
  /** How far to look, such as `P7D`. */
  readonly during: string;
}

export interface WhatIfAnswer {
  readonly lines: readonly TimelineLine[];
  readonly warnings: readonly string[];
}
