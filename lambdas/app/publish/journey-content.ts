/** The content of a journey that makes a version: a change of anything else makes no new version. */
import { withoutNames } from "../../domain/journey/component-names.ts";
import { type Journey, unversioned } from "../../domain/journey/journey.ts";
import { canonical, type Json } from "../../domain/values/json.ts";

export function content(journey: Journey): string {
  const without: ReadonlySet<string> = new Set(unversioned);
  return canonical(
    Object.fromEntries(
      Object.entries({ ...journey, components: withoutNames(journey) }).filter(([name]) => !without.has(name)),
    ) as Json,
  );
}
