/** What rules and goals react to, and the documents that they stand in. */
import type { Journey } from "../journey/journey.ts";
import type { Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";

/** An event of a customer, or a change of the stored customer. */
export type Activity =
  | {
      readonly kind: "event";
      readonly id: string;
      readonly name: string;
      readonly time: Time;
      readonly wholeSecond?: true;
      readonly reads?: JsonObject;
      readonly data: JsonObject;
    }
  | { readonly kind: "change"; readonly revision: number; readonly time: Time };

export interface Versions {
  /** The version with the exit rules and goals that apply. */
  readonly live: Pick<Journey, "exit" | "goals">;
  /** Has the components. */
  readonly entered: Pick<Journey, "components" | "timezone">;
  /** The data of the event with which the customer entered. The data is needed only if a rule reads it. */
  readonly enrollmentEvent?: JsonObject | undefined;
}
