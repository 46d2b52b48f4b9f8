/**
 * How a journey's counters are divided into items. The counts of one component or one message are one item, so that
 * items stay small in a long journey. All other counts are in one item, under their full names.
 */
import { type Counter, erasedName, parseCounterName } from "./counter-name.ts";
import type { Counts } from "./counts.ts";

/** The item in which counts have their full names. */
export const WHOLE = "journey";

const scopes: { readonly [S in Counter["scope"]]: (counter: Extract<Counter, { scope: S }>) => string } = {
  journey: () => WHOLE,
  ending: () => WHOLE,
  goal: () => WHOLE,
  note: () => WHOLE,
  erased: ({ of }) => {
    const scope = (scopes[of.scope] as (counter: Counter) => string)(of);
    return scope === WHOLE ? WHOLE : erasedName(scope);
  },
  component: ({ componentId }) => `component.${componentId}`,
  message: ({ componentId }) => `message.${componentId}`,
  byApp: ({ componentId }) => `message.${componentId}`,
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

/** Divides counts into parts of at most `most` items each, because a transaction takes at most 100 items. */
export function inParts(counts: Counts, most: number): Counts[] {
  const parts: Record<string, number>[] = [{}];
  let items = 0;
  for (const [scope, added] of byScope(counts)) {
    if (items++ >= most) {
      parts.push({});
      items = 1;
    }
    const part = parts.at(-1) ?? {};
    for (const [short, count] of Object.entries(added)) part[wholeName(scope, short)] = count;
  }
  return parts;
}
