/**
 * Values that are read again when they are too old. All callers that find the same value too old share one read; without
 * a cache (`freshFor` 0), each caller reads for itself. A failed read is not remembered.
 */
export interface FreshCache<T> {
  get(key: string): Promise<T>;
  /** Whether a value is remembered, however old. */
  has(key: string): boolean;
  forget(): void;
}

/** `read`: gets the last value, however old, so that it can return the same object if nothing has changed. */
export function freshCache<T extends object>(
  freshFor: number,
  read: (key: string, before: T | undefined) => Promise<T>,
): FreshCache<T> {
  const known = new Map<string, { readonly readAt: number; readonly value: T }>();
  const reading = new Map<string, Promise<T>>();
  /** A read that began before `forget` is not remembered. */
  let round = 0;

  function fresh(key: string): T | undefined {
    const found = known.get(key);
    return found && performance.now() - found.readAt < freshFor ? found.value : undefined;
  }

  async function refreshed(key: string): Promise<T> {
    const [readAt, readIn] = [performance.now(), round];
    const value = await read(key, known.get(key)?.value);
    if (readIn === round) known.set(key, { readAt, value });
    return value;
  }

  return {
    has: (key) => known.has(key),

    async get(key) {
      const value = fresh(key);
      if (value) return value;
      if (freshFor === 0) return refreshed(key);
      const shared = reading.get(key);
      if (shared) return shared;
      const own = refreshed(key).finally(() => {
        if (reading.get(key) === own) reading.delete(key);
      });
      reading.set(key, own);
      return own;
    },

    forget() {
      round++;
      known.clear();
      reading.clear();
    },
  };
}
