/** The counters of a journey compared with its logs, and the counts that repair them. */
import { scopeOf } from "../../lambdas/domain/counters/counter-items.ts";
import { counterName, erasedName, parseCounterName } from "../../lambdas/domain/counters/counter-name.ts";
import { countersOf } from "../../lambdas/domain/counters/counters.ts";
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counters/counts.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";

export interface CounterDifference {
  readonly name: string;
  readonly counter: number;
  readonly logs: number;
}

/** One comparison. Counters are read before and after the logs, because traffic continues while the logs are read. */
export interface Comparison {
  readonly before: Counts;
  readonly logs: Counts;
  readonly after: Counts;
}

export async function countLogs(enrollments: AsyncIterable<Enrollment>): Promise<Counts> {
  let sum: Counts = {};
  for await (const enrollment of enrollments) sum = addCounts(sum, countsOf(enrollment));
  return sum;
}

/**
 * The correct values of the counters: the counts of the logs, plus the kept counts of erased customers, whose logs are
 * gone.
 */
export function expectedOf(logs: Counts, counters: Counts): Counts {
  const erased = countersOf(counters, "erased");
  return addCounts(logs, Object.fromEntries(erased.map(({ counter, count }) => [counterName(counter.of), count])));
}

/**
 * The counters that differ from the logs, by name. A counter that changed during the comparison is `moving` and not
 * compared: its logs may have been read before or after the change.
 */
export function differencesIn({ before, logs, after }: Comparison): {
  differences: CounterDifference[];
  moving: string[];
} {
  const expected = expectedOf(logs, after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(expected)])]
    .filter((name) => parseCounterName(name)?.scope !== "erased")
    .sort();
  const still = (name: string) => same(before, after, name) && same(before, after, erasedName(name));
  return {
    differences: names.flatMap((name): CounterDifference[] => {
      const [counter, logged] = [after[name] ?? 0, expected[name] ?? 0];
      return still(name) && counter !== logged ? [{ name, counter, logs: logged }] : [];
    }),
    moving: names.filter((name) => !still(name)),
  };
}

const same = (a: Counts, b: Counts, name: string) => (a[name] ?? 0) === (b[name] ?? 0);

/** The differences that two comparisons, one after the other, have in common. */
export function inBoth(first: readonly CounterDifference[], second: readonly CounterDifference[]): CounterDifference[] {
  const off = new Map(first.map(({ name, counter, logs }) => [name, counter - logs]));
  return second.filter(({ name, counter, logs }) => off.get(name) === counter - logs);
}

/**
 * The amounts to add to the counters. The repair adds the amounts and does not set the counters, so that counts of
 * running traffic are kept.
 */
export function repairOf(differences: readonly CounterDifference[]): Counts {
  return Object.fromEntries(differences.map(({ name, counter, logs }) => [name, logs - counter]));
}

/** A transaction writes at most 100 items. Each component and each message has its own counter item. */
const MOST_ITEMS = 100;

/** The differences, split into transactions. */
export function byTransaction(differences: readonly CounterDifference[]): CounterDifference[][] {
  const items = [...Map.groupBy(differences, ({ name }) => scopeOf(name)).values()];
  const transactions: CounterDifference[][] = [];
  for (let start = 0; start < items.length; start += MOST_ITEMS)
    transactions.push(items.slice(start, start + MOST_ITEMS).flat());
  return transactions;
}
