/**
 * Works through items with several workers at once, within bounds. A failed item does not keep the others from being
 * processed. A throttled one ends the call, because AWS would throttle the others too.
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
  /** Whether every item was tried, so that none is left for the next call but the failed ones. */
  readonly isComplete: boolean;
}

/** `run` says whether the item counts. An item with nothing to do for does not use up `most`. */
export async function inParallel<T>(
  items: AsyncIterable<T>,
  workers: number,
  run: (item: T) => Promise<boolean>,
  { most = Number.POSITIVE_INFINITY, isOver = () => false }: Bounds = {},
): Promise<Worked> {
  const failures: unknown[] = [];
  let [done, tried, isComplete] = [0, 0, true];
  const mayGoOn = () => {
    if (tried >= most || isOver()) isComplete = false;
    return isComplete;
  };
  const iterator = items[Symbol.asyncIterator]();
  const work = async () => {
    while (mayGoOn()) {
      const next = await iterator.next();
      // Several workers may have asked before the last place was taken.
      if (next.done || !mayGoOn()) return;
      tried++;
      try {
        if (await run(next.value)) done++;
        else tried--;
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
