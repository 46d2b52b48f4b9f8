/**
 * Scenarios that fit a journey: scenarios of examples with the same event, and a new scenario in which one customer
 * enters.
 */
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { Json, JsonObject } from "../../../lambdas/domain/values/json.ts";
import { namesIn } from "../../../lambdas/domain/values/path.ts";
import type { Scenario } from "../../../simulator/scenario.ts";

export interface Choice {
  readonly name: string;
  readonly scenario: Scenario;
}

const START = "2026-01-05T09:00:00.000Z";

export function scenariosFor(
  { trigger }: Journey,
  examples: readonly { name: string; scenario: JsonObject }[],
): Choice[] {
  const known = examples.map(({ name, scenario }): Choice => ({ name, scenario: scenario as unknown as Scenario }));
  const fitting = known.filter(({ scenario }) => scenario.events?.some(({ event }) => event === trigger.event));
  return [...fitting, { name: "one customer who enters", scenario: oneCustomer(trigger) }];
}

/**
 * A scenario in which one customer enters by the trigger's event or, without such an event, by a change of the
 * customer. The event's data has a value at the path of the key.
 */
function oneCustomer({ event = "customer.updated", key }: Journey["trigger"]): Scenario {
  const names = key === undefined ? [] : namesIn(key);
  const data = names.reduceRight<Json>((inside, name) => ({ [name]: inside }), names.length > 0 ? "1" : {});
  return {
    customers: [{ customerId: "ada", firstName: "Ada", email: "ada@mail.example", country: "DE" }],
    events: [{ at: START, event, id: "first", customerId: "ada", data }],
  };
}
