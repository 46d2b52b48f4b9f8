/** Leaves out what the passage does not depend on: one event, status, attribute or member of data after the other. */
import type { Path } from "../../lambdas/domain/documents/problem.ts";
import { withValue } from "../mutation/part-changes.ts";
import type { Recorded } from "./recorded-scenario.ts";

export type Holds = (scenario: Recorded) => Promise<boolean>;

export async function reduced(scenario: Recorded, holds: Holds): Promise<Recorded> {
  // The last events first, so that the paths of those before stay the same.
  const withFew = await without(scenario, [...each("events", scenario), ...each("statuses", scenario)], holds);
  return without(withFew, members(withFew), holds);
}

async function without(scenario: Recorded, paths: readonly Path[], holds: Holds): Promise<Recorded> {
  let smallest = scenario;
  for (const path of paths) {
    const smaller = withValue(smallest, path, undefined) as Recorded;
    if (await holds(smaller)) smallest = smaller;
  }
  return smallest;
}

function each(name: "events" | "statuses", scenario: Recorded): Path[] {
  return scenario[name].map((_, index): Path => [name, index]).reverse();
}

function members({ customers, events }: Recorded): Path[] {
  const below = (path: Path, value: unknown) => Object.keys(Object(value)).map((name): Path => [...path, name]);
  return [
    ...below(["customers", 0], customers[0]).filter((path) => path.at(-1) !== "customerId"),
    ...events.flatMap(({ data, customer }, index) =>
      (["data", "customer"] as const).flatMap((name): Path[] => {
        const value = { data, customer }[name];
        return value === undefined ? [] : [...below(["events", index, name], value), ["events", index, name]];
      }),
    ),
  ];
}
