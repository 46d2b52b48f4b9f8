/** The least time after entry at which customers can come to each place. A wait until a moment may end at once. */
import type { Component } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { durationMilliseconds } from "../time/time.ts";
import type { Place } from "./explore.ts";

/** `places`: explored places, beginning with the places of the start. */
export function earliest(
  { components }: Pick<Journey, "components">,
  places: readonly Place[],
): ReadonlyMap<Place, number> {
  const times = new Map<Place, number>(places.filter(({ from }) => from === undefined).map((place) => [place, 0]));
  // Bellman and Ford with a queue: a place is looked at again when a shorter way to it is found.
  const changed = new Set(times.keys());
  for (const place of changed) {
    changed.delete(place);
    const component = components[place.componentId] as Component;
    for (const { outlet, to } of place.next) {
      if (!to) continue;
      const time = (times.get(place) ?? 0) + leastWait(component, outlet);
      if (time >= (times.get(to) ?? Number.POSITIVE_INFINITY)) continue;
      times.set(to, time);
      changed.add(to);
    }
  }
  return times;
}

function leastWait(component: Component, outlet: number): number {
  if (component.type === "wait" && component.for !== undefined) return durationMilliseconds(component.for);
  const isTimeUp = component.type === "waitFor" && outlet === component.branches.length;
  return isTimeUp ? durationMilliseconds(component.within) : 0;
}
