/** The counters of a journey against its logs. */
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counts.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment.ts";

/** Counted when a customer was erased: what their enrollments had added, whose logs are gone. */
const ERASED = "erased.";

export interface Difference {
  readonly name: string;
  readonly counter: number;
  readonly logs: number;
}

/** One look at both. Counters are read before and after the logs, because nothing stands still meanwhile. */
export interface Look {
  readonly before: Counts;
  readonly logs: Counts;
  readonly after: Counts;
}

export async function countLogs(enrollments: AsyncIterable<Enrollment>): Promise<Counts> {
  let sum: Counts = {};
  for await (const enrollment of enrollments) sum = addCounts(sum, countsOf(enrollment));
  return sum;
}

/** What the counters should be: what the logs say, and what those said that were erased. */
export function expectedOf(logs: Counts, counters: Counts): Counts {
  const erased = Object.entries(counters).filter(([name]) => name.startsWith(ERASED));
  return addCounts(logs, Object.fromEntries(erased.map(([name, count]) => [name.slice(ERASED.length), count])));
}

/**
 * Where counters and logs differ, by name. A counter that moved during the look is left out: its logs were read before
 * or after it moved, and nobody knows which.
 */
export function differencesIn({ before, logs, after }: Look): { differences: Difference[]; moving: string[] } {
  const expected = expectedOf(logs, after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(expected)])]
    .filter((name) => !name.startsWith(ERASED))
    .sort();
  const still = (name: string) => same(before, after, name) && same(before, after, `${ERASED}${name}`);
  return {
    differences: names.flatMap((name): Difference[] => {
      const [counter, logged] = [after[name] ?? 0, expected[name] ?? 0];
      return still(name) && counter !== logged ? [{ name, counter, logs: logged }] : [];
    }),
    moving: names.filter((name) => !still(name)),
  };
}

const same = (a: Counts, b: Counts, name: string) => (a[name] ?? 0) === (b[name] ?? 0);

/** The differences that two looks, one after the other, agree on. */
export function seenTwice(first: readonly Difference[], second: readonly Difference[]): Difference[] {
  const off = new Map(first.map(({ name, counter, logs }) => [name, counter - logs]));
  return second.filter(({ name, counter, logs }) => off.get(name) === counter - logs);
}

/** What must be added to the counters. Added, not set: what is counted meanwhile is kept. */
export function repairOf(differences: readonly Difference[]): Counts {
  return Object.fromEntries(differences.map(({ name, counter, logs }) => [name, logs - counter]));
}

/** A transaction writes 100 items at most, and each component and message has one of its own. */
const MOST_ITEMS = 100;

/** In one transaction where they fit. */
export function inTransactions(differences: readonly Difference[]): Difference[][] {
  const items = [...Map.groupBy(differences, ({ name }) => /^(component|message)\.[^.]+/.exec(name)?.[0]).values()];
  const transactions: Difference[][] = [];
  for (let start = 0; start < items.length; start += MOST_ITEMS)
    transactions.push(items.slice(start, start + MOST_ITEMS).flat());
  return transactions;
}
