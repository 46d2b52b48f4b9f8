/**
 * Leaves out all data on which the passage does not depend: one event, status, attribute or member of data after the
 * other.
 */
import type { Path } from "../../lambdas/domain/documents/problem.ts";
import type { Recorded } from "./recorded-scenario.ts";

export type Holds = (scenario: Recorded) => Promise<boolean>;

export async function reduced(scenario: Recorded, holds: Holds): Promise<Recorded> {
  // The last events first, so that the paths of those before stay the same.
  const withFew = await without(scenario, [...each("events", scenario), ...each("statuses", scenario)], holds);
  return without(withFew, members(withFew), holds);
}

/** Leaves out many paths at once, because a customer may have thousands of members that do not matter. */
async function without(scenario: Recorded, paths: readonly Path[], holds: Holds): Promise<Recorded> {
  if (paths.length === 0) return scenario;
  const smaller = withoutAll(scenario, paths);
  if (await holds(smaller)) return smaller;
  if (paths.length === 1) return scenario;
  const half = Math.ceil(paths.length / 2);
  return without(await without(scenario, paths.slice(0, half), holds), paths.slice(half), holds);
}

function withoutAll(scenario: Recorded, paths: readonly Path[]): Recorded {
  const copy = structuredClone(scenario);
  for (const path of paths) {
    const [last = "", ...above] = path.toReversed();
    const holder = above.reduceRight<Holder>((whole, name) => whole[name] as Holder, copy as unknown as Holder);
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
  }
  return copy;
}

type Holder = Record<string | number, unknown>;

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
