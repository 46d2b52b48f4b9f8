/** Values of the event and of the customer on which the literals of a path hold. `undefined`: none were found. */
import { readAttribute } from "../customer/reserved-attributes.ts";
import { type Json, type JsonObject, same } from "../values/json.ts";
import { parsePath } from "../values/path.ts";
import { AWAITED, KEY, type Literal } from "./atom.ts";
import { type Facts, solve } from "./facts.ts";

export interface ExampleValues {
  readonly customer: JsonObject;
  readonly event: JsonObject;
  /** The data of the event that a rule waits for. */
  readonly awaited: JsonObject;
}

/** `together`: facts of one customer at several places. `keyPath`: where the trigger event has the key. */
export function valuesOf(together: readonly Facts[], keyPath?: string): ExampleValues | undefined {
  const groups = new Map<string, Map<string, Literal>>();
  for (const { known } of together)
    for (const [group, literals] of known)
      for (const literal of atEntry(literals)) {
        const all = groups.get(group) ?? new Map<string, Literal>();
        if (all.get(literal.atom.id)?.holds === !literal.holds) return undefined;
        groups.set(group, all.set(literal.atom.id, literal));
      }
  const values = { customer: {}, event: {}, awaited: {} };
  for (const [group, literals] of groups) {
    if (![...literals.values()].some(({ atom }) => atom.test)) continue;
    const found = solve(group, [...literals.values()]);
    if (found.kind !== "value") return undefined;
    if (found.value !== undefined && !put(values, group === KEY ? (keyPath ?? "") : group, found.value))
      return undefined;
  }
  return isUsable(values.customer) ? values : undefined;
}

/**
 * The literals that were true when the customer entered: a value that the journey has set since hides the earlier
 * value.
 */
function atEntry(literals: readonly Literal[]): readonly Literal[] {
  const isReplaced = literals.some(({ made, atom }) => made && atom.test?.operator !== "contains");
  return isReplaced ? [] : literals.filter(({ made }) => !made);
}

function put(values: ExampleValues, field: string, value: Json): boolean {
  const isAwaited = field.startsWith(AWAITED);
  const { root, names } = parsePath(isAwaited ? field.slice(AWAITED.length) : field);
  if (names.length === 0) return false;
  return setAt(root === "customer" ? values.customer : isAwaited ? values.awaited : values.event, names, value);
}

/** Whether the value could be set: another field may have a value where this one needs an object. */
export function setAt(object: JsonObject, [name = "", ...rest]: readonly string[], value: Json): boolean {
  const members = object as { [name: string]: Json };
  const there = Object.hasOwn(members, name) ? members[name] : undefined;
  if (name === "__proto__") return false;
  if (rest.length === 0) {
    if (there === undefined) members[name] = value;
    return there === undefined || same(there, value);
  }
  if (there === undefined) members[name] = {};
  const inner = members[name];
  return (
    typeof inner === "object" && inner !== null && !Array.isArray(inner) && setAt(inner as JsonObject, rest, value)
  );
}

/** A reserved attribute takes only some values. */
function isUsable(customer: JsonObject): boolean {
  return Object.entries(customer).every(([name, value]) => {
    const read = readAttribute(name, value);
    return name !== "customerId" && read.note === undefined && same(read.value, value);
  });
}
