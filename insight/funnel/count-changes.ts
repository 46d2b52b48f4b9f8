/** The changes between two readings of a journey's counts, in words. */

import {
  type Counter,
  type CounterOf,
  type CounterScope,
  counterName,
  parseCounterName,
} from "../../lambdas/domain/counters/counter-name.ts";
import type { Counts } from "../../lambdas/domain/counters/counts.ts";
import { noteText } from "../../lambdas/domain/customer/note-text.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";

export interface CountChange {
  /** A counter name, as `counterName` writes it. */
  readonly name: string;
  readonly by: number;
  readonly now: number;
}

export function changesOf(before: Counts, after: Counts): CountChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, by: (after[name] ?? 0) - (before[name] ?? 0), now: after[name] ?? 0 }))
    .filter(({ by }) => by !== 0)
    .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
}

type Place = CounterOf<"journey">["count"] | Exclude<CounterScope, "journey" | "ending">;

const sequence: Readonly<Record<Place, number>> = {
  entered: 0,
  component: 1,
  message: 2,
  byApp: 3,
  goal: 4,
  completed: 5,
  exited: 6,
  failed: 7,
  active: 8,
  note: 9,
  erased: 10,
};

function place(name: string): number {
  const counter = parseCounterName(name);
  if (!counter) return -1;
  if (counter.scope === "journey") return sequence[counter.count];
  return sequence[counter.scope === "ending" ? counter.status : counter.scope];
}

/**
 * One text for each change. A counter other than that of the customers inside falls only when a migration gives a component
 * another id, or when a repair corrects it. The texts of a migration name both ids.
 */
export function changeTexts(changes: readonly CountChange[]): string[] {
  const moves = changes.flatMap((from) => {
    const to =
      from.by < 0 ? changes.find((each) => each.by >= -from.by && isSameOfAnother(from.name, each.name)) : undefined;
    return to ? [{ from, to }] : [];
  });
  const left = changes.flatMap((change) => {
    if (moves.some(({ from }) => from === change)) return [];
    const by = moves.reduce((sum, { from, to }) => (to === change ? sum + from.by : sum), change.by);
    return by === 0 ? [] : [{ ...change, by }];
  });
  return [
    ...moves.map(({ from, to }) => `${words(from.name)} → ${words(to.name)}: ${-from.by} moved`),
    ...left.map(changeText),
  ];
}

/** Whether two counters count the same of two components. */
function isSameOfAnother(name: string, other: string): boolean {
  const [one, two] = [parseCounterName(name), parseCounterName(other)];
  if (!one || !two || !("componentId" in one) || !("componentId" in two) || one.componentId === two.componentId)
    return false;
  return counterName({ ...one, componentId: two.componentId }) === other;
}

/** `entered +2 (17)`. */
function changeText({ name, by, now }: CountChange): string {
  return `${words(name)} ${by > 0 ? "+" : "−"}${Math.abs(by)} (${now})`;
}

const texts: { readonly [S in CounterScope]: (counter: CounterOf<S>) => string } = {
  journey: ({ count }) => (count === "active" ? "inside" : count),
  ending: ({ status, reason }) => `${status}: ${reasonText(reason)}`,
  goal: ({ goalId }) => `goal ${goalId}`,
  component: (counter) =>
    counter.count === "entered" ? `at ${counter.componentId}` : `${counter.componentId} → ${counter.outcome}`,
  message: (counter) =>
    `${counter.componentId} ${counter.count}${counter.count === "skipped" ? `: ${reasonText(counter.reason)}` : ""}`,
  byApp: ({ componentId, count }) => `${componentId} ${count} by an app`,
  note: ({ attribute, reason }) => `${attribute} not used: ${noteText(reason)}`,
  erased: ({ of }) => `erased: ${counterName(of)}`,
};

function words(name: string): string {
  const counter = parseCounterName(name);
  return counter ? (texts[counter.scope] as (counter: Counter) => string)(counter) : name;
}
