/**
 * Leaves out all data on which the passage does not depend: one event, status, attribute or member of data after the
 * other, also inside objects and lists. The name of a member may be personal too, such as an address, so no name stays
 * that decides nothing.
 */
import type { Path } from "../../lambdas/domain/documents/problem.ts";
import type { Recorded } from "./recorded-scenario.ts";

export type Holds = (scenario: Recorded) => Promise<boolean>;

export async function reduced(scenario: Recorded, holds: Holds): Promise<Recorded> {
  // The last events first, so that the paths of those before stay the same.
  const withFew = await without(scenario, [...each("events", scenario), ...each("statuses", scenario)], holds);
  let small = await without(withFew, members(withFew), holds);
  for (let paths = inside(roots(small), small); paths.length > 0; ) {
    paths = inside(paths, small);
    small = await without(small, paths.toReversed(), holds);
  }
  return small;
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

/** The members of events and of the customer. */
function members(scenario: Recorded): Path[] {
  const whole = roots(scenario).filter(([list]) => list === "events");
  return [...inside(roots(scenario), scenario).filter((path) => path.at(-1) !== "customerId"), ...whole];
}

/** The objects with data: the customer's attributes, and the data and changes of each event. */
function roots({ events }: Recorded): Path[] {
  const ofEvents = events.flatMap(({ data, customer }, index) => [
    ...(data === undefined ? [] : [["events", index, "data"]]),
    ...(customer === undefined ? [] : [["events", index, "customer"]]),
  ]);
  return [["customers", 0], ...ofEvents];
}

/** The paths of the members and items inside the values at these paths. */
function inside(paths: readonly Path[], scenario: Recorded): Path[] {
  return paths.flatMap((path) => {
    const value = path.reduce<unknown>((holder, name) => (holder as Holder)?.[name], scenario);
    return typeof value === "object" && value !== null ? Object.keys(value).map((name): Path => [...path, name]) : [];
  });
}
