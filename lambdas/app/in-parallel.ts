/** Works through items with several workers at once. When an item fails, all other items are still processed. */

/**
 * `more`: whether to take another item. `endsWorker`: whether the worker that met this error takes no further item. The
 * answer is the errors of the failed items.
 */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  workers: number,
  run: (item: T) => Promise<unknown>,
  more: () => boolean = () => true,
  endsWorker: (error: unknown) => boolean = () => false,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const work = async () => {
    while (more()) {
      const { done, value } = await iterator.next();
      if (done) return;
      try {
        await run(value);
      } catch (error) {
        failures.push(error);
        if (endsWorker(error)) return;
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await iterator.return?.();
  return failures;
}
