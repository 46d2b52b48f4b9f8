/** Who listens to what, so that an event finds its journeys without looking at the others. */
import type { Journey } from "./journey.ts";
import { customerFields } from "./reads.ts";

/** A journey as it counts now: the live version's content under the live name and status. */
export interface LiveJourney {
  readonly version: number;
  readonly journey: Journey;
}

export interface Catalog {
  /** Journeys whose trigger has this event. */
  triggeredBy(event: string): readonly LiveJourney[];
  /** Journeys without a trigger event, with the customer fields that their condition names. */
  readonly onChange: readonly { readonly fields: readonly string[]; readonly live: LiveJourney }[];
}

export function catalogOf(journeys: Iterable<LiveJourney>): Catalog {
  const byEvent = new Map<string, LiveJourney[]>();
  const onChange: { fields: string[]; live: LiveJourney }[] = [];
  for (const live of journeys) {
    const { event, where } = live.journey.trigger;
    if (event !== undefined) byEvent.set(event, [...(byEvent.get(event) ?? []), live]);
    else if (where) onChange.push({ fields: customerFields(where), live });
  }
  return { triggeredBy: (event) => byEvent.get(event) ?? [], onChange };
}
