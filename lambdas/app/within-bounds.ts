/**
 * Works through items with several workers at once, within bounds. When an item fails, all other items are still
 * processed. A throttled item ends the call, because AWS would throttle the other items too.
 */
import { ThrottledError } from "./errors.ts";

export interface Bounds {
  /** The largest number of items. */
  readonly most?: number;
  /** Whether the time of the call is over. */
  readonly isOver?: () => boolean;
}

export interface Worked {
  /** How many items counted. */
  readonly done: number;
  /** The errors of the failed items. */
  readonly failures: readonly unknown[];
  /** Whether every item was tried: then only failed items are left for the next call. */
  readonly isComplete: boolean;
}

/** If `run` answers `false`, there was nothing to do for the item: it does not count. */
export async function withinBounds<T>(
  items: Iterable<T> | AsyncIterable<T>,
  workers: number,
  run: (item: T) => Promise<unknown>,
  { most = Number.POSITIVE_INFINITY, isOver = () => false }: Bounds = {},
): Promise<Worked> {
  const failures: unknown[] = [];
  let [done, tried, isComplete] = [0, 0, true];
  const mayGoOn = () => {
    if (tried >= most || isOver()) isComplete = false;
    return isComplete;
  };
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const work = async () => {
    while (mayGoOn()) {
      const next = await iterator.next();
      // Several workers may have asked before the last place was taken.
      if (next.done || !mayGoOn()) return;
      tried++;
      try {
        if ((await run(next.value)) === false) tried--;
        else done++;
      } catch (error) {
        if (error instanceof ThrottledError) isComplete = false;
        else failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await iterator.return?.();
  return { done, failures, isComplete };
}
