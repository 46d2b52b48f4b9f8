/** Reads counts as counters. Counts of zero and unknown names are left out. */
import { type Counter, type CounterOf, type CounterScope, parseCounterName } from "./counter-name.ts";
import type { Counts } from "./counts.ts";

export function countersIn(counts: Counts): { readonly counter: Counter; readonly count: number }[] {
  return Object.entries(counts).flatMap(([name, count]) => {
    const counter = count === 0 ? undefined : parseCounterName(name);
    return counter ? [{ counter, count }] : [];
  });
}

export function countersOf<S extends CounterScope>(
  counts: Counts,
  scope: S,
): { readonly counter: CounterOf<S>; readonly count: number }[] {
  return countersIn(counts).flatMap(({ counter, count }) =>
    counter.scope === scope ? [{ counter: counter as CounterOf<S>, count }] : [],
  );
}
