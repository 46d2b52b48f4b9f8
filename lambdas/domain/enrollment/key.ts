/**
 * The key of an enrollment: the value in the trigger event that names the instance, such as an order or a cart. A value
 * that cannot be used as a key (a list, an object, a text or number that no database key can hold) counts as no key for entry
 * rules. For rules with `key` it is unequal to every value, also to another one that cannot be used.
 */
import { isStorable } from "../documents/unusable-values.ts";
import { at, type Json, type JsonObject, same } from "../values/json.ts";
import { namesIn } from "../values/path.ts";
import { isWithinBytes } from "../values/utf8.ts";

/** The most UTF-8 bytes of a key: the database limits the sort key in which it is stored. */
export const MOST_KEY_BYTES = 256;

/** What an enrollment stores of its key. `unusableKey`: the trigger event had a value there that cannot be used. */
export interface EnrollmentKey {
  readonly key?: Json | undefined;
  readonly unusableKey?: true | undefined;
}

/** The key in an event's data at a path such as `event.cartId`. */
export function keyOf(path: string | undefined, event: JsonObject | undefined): EnrollmentKey {
  const value = path === undefined ? undefined : at(event, namesIn(path));
  if (value === undefined) return {};
  return isUsable(value) ? { key: value } : { unusableKey: true };
}

/** Whether two keys are equal. A missing value equals a missing value. */
export function isSameKey(a: EnrollmentKey, b: EnrollmentKey): boolean {
  return !a.unusableKey && !b.unusableKey && same(a.key, b.key);
}

function isUsable(value: Json): boolean {
  if (typeof value === "number") return isStorable(value);
  return typeof value === "string" ? isWithinBytes(value, MOST_KEY_BYTES) : typeof value !== "object";
}
