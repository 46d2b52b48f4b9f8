/**
 * Runs one action after the other, because two people who move the virtual clock at the same time would run the same
 * tasks twice.
 */
import type { Place } from "../place/place.ts";

const last = new WeakMap<Place, Promise<unknown>>();

export function inTurn<T>(place: Place, run: () => Promise<T>): Promise<T> {
  const turn = (last.get(place) ?? Promise.resolve()).then(run, run);
  last.set(place, turn);
  return turn;
}
