/** Reads `--map OLD=NEW…`: which component of the old version is which one of the new version. */
import type { Journeys } from "../../lambdas/app/ports.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { Renames } from "../../lambdas/domain/migration/rename.ts";
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";
import { UsageError } from "../../stack/usage-error.ts";

/** One move writes up to four counter items for each new id, and a transaction takes 100 items. */
const MOST_RENAMES = 20;

/** @throws UsageError. Ids of the old versions are checked by `knownBefore`. */
export function renamesOf(given: readonly string[], version: number, { components }: Journey): Renames {
  const renames = new Map<string, string>();
  for (const pair of given) {
    const [from = "", to = "", ...more] = pair.split("=");
    if (from === "" || to === "" || more.length > 0)
      throw new UsageError(`--map takes OLD=NEW, two ids of components, not "${pair}".`);
    if (!Object.hasOwn(components, to))
      throw new UsageError(
        `--map ${pair}: version ${version} has no component "${to}".${didYouMean(to, Object.keys(components))}`,
      );
    if (renames.has(from) || [...renames.values()].includes(to))
      throw new UsageError(`--map ${pair}: one component cannot become two, and two cannot become one.`);
    renames.set(from, to);
  }
  if (renames.size > MOST_RENAMES)
    throw new UsageError(`--map takes at most ${MOST_RENAMES} components, not ${renames.size}. Migrate in two steps.`);
  return renames;
}

/**
 * Refuses a renamed id that no other version has: a mistyped id would rename nothing. The newest versions are read first,
 * because customers are most often in one of these.
 * @throws UsageError
 */
export async function knownBefore(
  renames: Renames,
  { id, version, newest }: { readonly id: string; readonly version: number; readonly newest: number },
  journeys: Pick<Journeys, "version">,
): Promise<void> {
  const unknown = new Set(renames.keys());
  const known = new Set<string>();
  for (let number = newest; number > 0 && unknown.size > 0; number--) {
    if (number === version) continue;
    for (const component of Object.keys((await journeys.version(id, number))?.components ?? {})) {
      known.add(component);
      unknown.delete(component);
    }
  }
  const [first] = unknown;
  if (first !== undefined)
    throw new UsageError(
      `--map ${first}=${renames.get(first)}: no other version of "${id}" has a component "${first}".${didYouMean(first, [...known])}`,
    );
}
