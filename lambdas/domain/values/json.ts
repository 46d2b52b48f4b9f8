/** JSON values, and reading a member by path without ever touching a prototype (`__proto__`, `constructor`). */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** A member by a name that anybody may have chosen: `constructor` is one only where somebody put it. */
export function own<T>(members: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined;
}

/**
 * The value at a list of names, own members only; of a list, an item by its number. `null` is absent: that is how apps
 * say "no value".
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

/** Reads what `at` reads, for names that are known before: nothing about them is found out again at each reading. */
export function readerOf(names: readonly string[]): (value: Json | undefined) => Json | undefined {
  const [first, ...rest] = names;
  if (first === undefined) return (value) => value ?? undefined;
  const read = memberReader(first);
  if (rest.length === 0) return (value) => read(value) ?? undefined;
  const onward = readerOf(rest);
  return (value) => onward(read(value));
}

const prototypes = [Array, String, Number, Boolean].map(({ prototype }) => prototype);

/** Whether a value has a member by this name that nobody put there: `constructor`, a list's or text's `length`, its `0`. */
export const isEverybodys = (name: string) => /^\d+$/.test(name) || prototypes.some((prototype) => name in prototype);

/** Only of a name that every object has is it asked whose it is: `constructor`, `__proto__` and the like. */
export function memberReader(name: string): (value: Json | undefined) => Json | undefined {
  const isIndex = /^\d+$/.test(name);
  const everybodys = name in Object.prototype;
  return (value) => {
    if (typeof value !== "object" || value === null || (!isIndex && Array.isArray(value))) return undefined;
    return !everybodys || Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
  };
}

/** Equality by content: order of members does not matter, types never coerce. */
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

/** Whether nothing in it is nested deeper than so many levels. Takes no stack, however deep it is. */
export function isShallow(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return false;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return true;
}

/** JSON text with sorted member names: equal values give equal text. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Neither a list nor `null`. */
export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
