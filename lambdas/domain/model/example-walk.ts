/** An example's customer on the way along a path: where the customer is, and the scenario so far. */
import type { Customer } from "../customer/customer.ts";
import type { Example } from "../documents/example.ts";
import type { Message } from "../enrollment/enrollment.ts";
import type { Journey } from "../journey/journey.ts";
import type { Send } from "../messages/send-log.ts";
import type { Time } from "../time/time.ts";
import type { EnteredExample } from "./enter-example.ts";

/** The class of each template by the template's id, as far as it is known. */
export type Kinds = ReadonlyMap<string, "marketing" | "transactional" | undefined>;

export interface ExampleWalk {
  readonly journey: Journey;
  readonly entered: EnteredExample;
  readonly kinds: Kinds;
  now: Time;
  customer: Customer;
  example: Example;
  messages: Record<string, Message>;
  sends: Send[];
  sent: { componentId: string; at: Time }[];
  /** When the customer left each component last. */
  left: Map<string, Time>;
}

/** The customer would go another way, so there is no example. */
export class OtherWay extends Error {}
