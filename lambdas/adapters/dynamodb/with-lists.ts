/**
 * Turns the sets of DynamoDB into lists. The system itself stores no sets, but other programs that write a customer or a
 * document do. The domain knows only JSON, and JSON has no sets.
 */

/** The same object when it contains no set. */
export function withLists<T>(value: T): T;
export function withLists(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return value;
  let changed: Record<string, unknown> | unknown[] | undefined;
  for (const [name, member] of Object.entries(value)) {
    const plain = withLists(member);
    if (plain === member) continue;
    changed ??= Array.isArray(value) ? [...value] : { ...value };
    Object.defineProperty(changed, name, { value: plain, enumerable: true, configurable: true, writable: true });
  }
  return changed ?? value;
}
