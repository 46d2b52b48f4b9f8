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
  /** Journeys without a trigger event whose condition names one of these customer fields. */
  triggeredByChange(fields: Iterable<string>): readonly LiveJourney[];
  /** The customer fields that such conditions name, by the attribute that they are in. */
  readonly changeFields: ReadonlyMap<string, readonly string[]>;
}

export function catalogOf(journeys: Iterable<LiveJourney>): Catalog {
  const byEvent = new Map<string, LiveJourney[]>();
  const byField = new Map<string, LiveJourney[]>();
  for (const live of journeys) {
    const { event, where } = live.journey.trigger;
    if (event !== undefined) add(byEvent, event, live);
    else if (where) for (const field of customerFields(where)) add(byField, field, live);
  }
  return {
    triggeredBy: (event) => byEvent.get(event) ?? [],
    triggeredByChange: (fields) => [...new Set([...fields].flatMap((field) => byField.get(field) ?? []))],
    changeFields: Map.groupBy(byField.keys(), (field) => field.split(".")[1] ?? ""),
  };
}

function add<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}
