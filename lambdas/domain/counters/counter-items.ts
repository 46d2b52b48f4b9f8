/**
 * How a journey's counters are divided into items. The counts of one component or one message are one item, so that
 * items stay small in a long journey. All other counts are in one item, under their full names.
 */
import { type Counter, parseCounterName } from "./counter-name.ts";
import type { Counts } from "./counts.ts";

/** The item in which counts have their full names. */
export const WHOLE = "journey";

const scopes: { readonly [S in Counter["scope"]]: (counter: Extract<Counter, { scope: S }>) => string } = {
  journey: () => WHOLE,
  ending: () => WHOLE,
  goal: () => WHOLE,
  note: () => WHOLE,
  erased: () => WHOLE,
  component: ({ componentId }) => `component.${componentId}`,
  message: ({ componentId }) => `message.${componentId}`,
};

/** The item that holds a count. */
export function scopeOf(name: string): string {
  const counter = parseCounterName(name);
  return counter ? (scopes[counter.scope] as (counter: Counter) => string)(counter) : WHOLE;
}

/** The counts of each item, under their names within the item. */
export function byScope(counts: Counts): Map<string, Record<string, number>> {
  const items = new Map<string, Record<string, number>>();
  for (const [name, added] of Object.entries(counts)) {
    const scope = scopeOf(name);
    const short = scope === WHOLE ? name : name.slice(scope.length + 1);
    items.set(scope, { ...items.get(scope), [short]: added });
  }
  return items;
}

/** The full name of a count in an item. */
export function wholeName(scope: string, short: string): string {
  return scope === WHOLE ? short : `${scope}.${short}`;
}
