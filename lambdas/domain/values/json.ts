/**
 * JSON values, and functions that read members by path. These functions read own members only, never `constructor` or
 * `__proto__` of a prototype.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** Reads an own member. The name may come from a user, so `constructor` must not be read from the prototype. */
export function own<T>(members: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined;
}

/**
 * The value at a path of names. Each name reads an own member of an object or, if the name is a number, an item of a
 * list. `null` counts as no value, because apps send `null` for "no value".
 */
export function at(value: Json | undefined, names: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const name of names) {
    if (typeof found !== "object" || found === null) return undefined;
    if (Array.isArray(found) && !/^\d+$/.test(name)) return undefined;
    found = own(found as JsonObject, name);
  }
  return found ?? undefined;
}

/** Compiles `at` for one path, so that the names are examined once and not at each read. */
export function readerOf(names: readonly string[]): (value: Json | undefined) => Json | undefined {
  const [first, ...rest] = names;
  if (first === undefined) return (value) => value ?? undefined;
  const read = memberReader(first);
  if (rest.length === 0) return (value) => read(value) ?? undefined;
  const onward = readerOf(rest);
  return (value) => onward(read(value));
}

const prototypes = [Array, String, Number, Boolean].map(({ prototype }) => prototype);

/** Whether values have a member of this name that no document set: `constructor`, `length` of a list or text, `0` of a text. */
export const isInherited = (name: string) => /^\d+$/.test(name) || prototypes.some((prototype) => name in prototype);

/** Reads one own member. The owner is checked only for names on the object prototype (`constructor`, `__proto__` …). */
export function memberReader(name: string): (value: Json | undefined) => Json | undefined {
  const isIndex = /^\d+$/.test(name);
  const inherited = name in Object.prototype;
  return (value) => {
    if (typeof value !== "object" || value === null || (!isIndex && Array.isArray(value))) return undefined;
    return !inherited || Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
  };
}

/** Equality by content. The order of members does not matter, and types are never converted. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same((a as JsonObject)[name], (b as JsonObject)[name]))
  );
}

/**
 * Whether a value is nested at most `most` levels deep. This function does not recurse, so deep values cannot overflow
 * the stack.
 */
export function isShallow(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return false;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return true;
}

/** JSON text with sorted member names, so that equal values give equal texts. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** The value if it is an object; lists and `null` are not objects here. */
export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
