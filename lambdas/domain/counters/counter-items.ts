/**
 * The layout of a journey's counters: the counts of a component or a message are an item of their own, so that an item
 * stays small however long the journey is; all others are in one item, under their whole names.
 */
import { type Counter, parseCounterName } from "./counter-name.ts";
import type { Counts } from "./counts.ts";

/** The scope whose names are whole. */
export const WHOLE = "journey";

const scopes: { readonly [S in Counter["scope"]]: (counter: Extract<Counter, { scope: S }>) => string } = {
  journey: () => WHOLE,
  ending: () => WHOLE,
  goal: () => WHOLE,
  erased: () => WHOLE,
  component: ({ componentId }) => `component.${componentId}`,
  message: ({ componentId }) => `message.${componentId}`,
};

/** The item that holds a count. */
export function scopeOf(name: string): string {
  const counter = parseCounterName(name);
  return counter ? (scopes[counter.scope] as (counter: Counter) => string)(counter) : WHOLE;
}

/** The counts of each item, under the names that they have there. */
export function byScope(counts: Counts): Map<string, Record<string, number>> {
  const items = new Map<string, Record<string, number>>();
  for (const [name, added] of Object.entries(counts)) {
    const scope = scopeOf(name);
    const short = scope === WHOLE ? name : name.slice(scope.length + 1);
    items.set(scope, { ...items.get(scope), [short]: added });
  }
  return items;
}

/** The whole name of a count in an item. */
export function wholeName(scope: string, short: string): string {
  return scope === WHOLE ? short : `${scope}.${short}`;
}
