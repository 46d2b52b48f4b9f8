/** Makes bad documents: valid ones with a few broken members, and garbage. */
import type { Lots } from "./lots.ts";

type Value = unknown;

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "",
  " ",
  "id",
  "type",
  "0",
];

/** Values of unexpected types. They are functions, so that each use gets its own value. */
const strange: readonly (() => Value)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 2,
  () => "",
  () => "\u0000\u001f\u007f",
  () => "\ud800",
  () => "\u202eabc\u200b\ufeff",
  () => "👩‍👩‍👧‍👦".repeat(20),
  () => "x".repeat(100_000),
  () => "{{ event.n | date: '%Y' }}",
  () => "{% for i in (1..100000000) %}x{% endfor %}",
  () => "{% raw %}",
  () => "P1Y",
  () => "PT9999999999999H",
  () => "9999-12-31T23:59:59.999Z",
  () => "+275760-09-13T00:00:00.000Z",
  () => "2026-02-30T00:00:00Z",
  () => "a@b.example\r\nBcc: c@d.example",
  () => "customer.__proto__.polluted",
  () => "event.constructor.prototype",
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => parsed('{"__proto__":{"polluted":true}}'),
  () => parsed('{"constructor":{"prototype":{"polluted":true}}}'),
  () => nested(100),
  () => nested(2_000),
  () => Array.from({ length: 2_000 }, (_, n) => n),
];

function parsed(text: string): Value {
  return JSON.parse(text);
}

/** A document nested deeper than any valid one. A loop builds it, because parsers differ in the depth that they accept. */
function nested(depth: number): Value {
  let value: Value = {};
  for (let level = 0; level < depth; level++) value = level % 2 ? { a: value } : [value];
  return value;
}

/** A valid document with one to five broken places. */
export function mutated(good: Value, lots: Lots): Value {
  let document = structuredClone(good);
  for (let times = 1 + lots.below(lots.below(4) === 0 ? 5 : 2); times > 0; times--) document = broken(document, lots);
  return document;
}

export function garbage(lots: Lots): Value {
  return lots.of(strange)();
}

function broken(document: Value, lots: Lots): Value {
  const places: { holder: Record<string, Value>; name: string }[] = [];
  const look = (value: Value, depth: number) => {
    if (typeof value !== "object" || value === null || depth > 20 || places.length > 500) return;
    for (const name of Object.keys(value)) {
      places.push({ holder: value as Record<string, Value>, name });
      look((value as Record<string, Value>)[name], depth + 1);
    }
  };
  look(document, 0);
  if (places.length === 0 || lots.below(50) === 0) return garbage(lots);
  const { holder, name } = lots.of(places);
  ways[lots.below(ways.length)]?.(holder, name, lots, places);
  return document;
}

type Way = (
  holder: Record<string, Value>,
  name: string,
  lots: Lots,
  places: readonly { holder: Record<string, Value>; name: string }[],
) => void;

const ways: readonly Way[] = [
  (holder, name) => delete holder[name],
  (holder, name, lots) => define(holder, name, garbage(lots)),
  (holder, _, lots) => define(holder, lots.of(names), garbage(lots)),
  (holder, name) => define(holder, name, otherType(holder[name])),
  (holder, name) => {
    const value = holder[name];
    delete holder[name];
    define(holder, `${name}x`, value);
  },
  // A value that is valid in another place.
  (holder, name, lots, places) => {
    const other = lots.of(places);
    define(holder, name, JSON.parse(JSON.stringify(other.holder[other.name] ?? null)));
  },
];

function otherType(value: Value): Value {
  if (typeof value === "string") return value.length % 2 ? Number(value.length) : [value];
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : [value];
}

/** Sets an own member of any name, as a JSON parser does. */
function define(holder: Record<string, Value>, name: string, value: Value): void {
  if (Array.isArray(holder) && name === "length") return;
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}
