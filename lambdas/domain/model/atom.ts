/**
 * A condition's comparison as an atom: a statement that is true or false of one customer at one moment. Two comparisons
 * that always have the same answer have the same atom: `notEquals 1` is the opposite of `equals 1`, and inside the journey
 * `event.total` is `enrollment.event.total`.
 *
 * An atom with a `test` depends on the value of one field alone, so `field-values.ts` can reason about it. Every other
 * atom (a clock, a time in the customer's zone, a count, two fields) is opaque: only the same atom contradicts it.
 */
import type { Test } from "../conditions/comparisons.ts";
import type { FieldCondition } from "../conditions/condition.ts";
import type { Leaf } from "../conditions/condition-tree.ts";
import { type OperatorName, operatorOf, operators } from "../conditions/operators.ts";
import { pathsRead, valuePath } from "../conditions/value-path.ts";
import type { Status } from "../messages/message-status.ts";
import { canonical, type Json } from "../values/json.ts";
import { parsePath, pathOf } from "../values/path.ts";

/** Where a condition stands: `awaited` is a rule on an event, where `event.*` is that event and not the trigger's. */
export type Standing = "inside" | "awaited";

export interface FieldTest {
  readonly operator: OperatorName;
  readonly value: Json | undefined;
  readonly test: Test;
}

export interface Atom {
  readonly id: string;
  /** The field of a `test`, or the id: literals of one group can contradict each other. */
  readonly group: string;
  readonly test?: FieldTest;
  readonly message?: { readonly id: string; readonly status: Status };
  /** The customer's attributes that it reads. */
  readonly attributes: readonly string[];
  /** Whether the atom keeps its truth while the customer is inside, because it reads only the trigger event. */
  readonly lasts: boolean;
  readonly counts?: true;
}

export interface Literal {
  readonly atom: Atom;
  readonly holds: boolean;
  /** The journey itself made the atom true, so the atom says nothing about the customer at entry. */
  readonly made?: true;
}

/** `inSegment`: a segment reads dates without the journey's time zone. */
export function literalOf(leaf: Leaf, standing: Standing, inSegment: boolean): Literal {
  const place = `${standing} ${inSegment}`;
  const known = read.get(leaf) ?? new Map<string, Literal>();
  read.set(leaf, known);
  const literal = known.get(place) ?? newLiteral(leaf, standing, inSegment);
  known.set(place, literal);
  return literal;
}

/** The result is kept, because many places read a comparison, and reading its path takes most of the time. */
const read = new WeakMap<Leaf, Map<string, Literal>>();

function newLiteral(leaf: Leaf, standing: Standing, inSegment: boolean): Literal {
  if ("message" in leaf) return { atom: statusAtom(leaf.message, leaf.status), holds: true };
  if ("event" in leaf) {
    const id = `count ${canonical(leaf as unknown as Json)}`;
    return { atom: { id, group: id, attributes: [], lasts: false, counts: true }, holds: true };
  }
  const { negative } = operatorOf(leaf.operator);
  return { atom: fieldAtom(leaf, standing, inSegment), holds: !negative };
}

export function statusAtom(message: string, status: Status): Atom {
  const id = `message ${message} ${status}`;
  return { id, group: id, message: { id: message, status }, attributes: [], lasts: false };
}

/** The atom that an attribute of the customer passes a test. */
export function attributeAtom(name: string, operator: "equals" | "contains" | "exists", value?: Json): Atom {
  const condition = { field: pathOf("customer", [name]), operator, ...(value !== undefined && { value }) };
  return fieldAtom(condition as FieldCondition, "inside", false);
}

/** Reads a time, so its answer also depends on the clock or on a time zone. */
const byTime = (leaf: FieldCondition) =>
  operatorOf(leaf.operator).clock ||
  leaf.operator === "before" ||
  leaf.operator === "after" ||
  (leaf.operator === "between" && typeof leaf.value[0] === "string");

function fieldAtom(leaf: FieldCondition, standing: Standing, inSegment: boolean): Atom {
  const operator = positive(leaf.operator);
  const value = "value" in leaf ? (leaf.value as Json) : undefined;
  const fields = pathsRead(leaf).map((path) => fieldOf(path, standing));
  const isTimed = byTime(leaf);
  const attributes = pathsRead(leaf).flatMap((path) => {
    const { root, names } = parsePath(path);
    return root === "customer" ? [names[0] ?? ""] : [];
  });
  const compared = valuePath(leaf) === undefined ? canonical(value ?? null) : `field ${fields[1]}`;
  const id = `${fields[0]} ${operator} ${compared}${isTimed && inSegment ? " in segment" : ""}`;
  const reads = isTimed ? [...attributes, "timezone"] : attributes;
  if (isTimed || fields.length > 1)
    return { id, group: id, attributes: reads, lasts: !isTimed && attributes.length === 0 };
  const test = { operator, value, test: operatorOf(operator).test(value as never) };
  return { id, group: fields[0] ?? id, test, attributes, lasts: attributes.length === 0 };
}

/** The field under one name. Only the customer's fields change while the customer is inside. */
function fieldOf(path: string, standing: Standing): string {
  const { root, names } = parsePath(path);
  if (root === "enrollment.key") return KEY;
  if (root === "customer") return pathOf("customer", names);
  return standing === "awaited" && root === "event" ? `${AWAITED}${pathOf("event", names)}` : pathOf("event", names);
}

export const KEY = "enrollment.key";
/** The prefix of fields of an event that a rule waits for. */
export const AWAITED = "awaited ";

function positive(name: OperatorName): OperatorName {
  const { negative, test } = operatorOf(name);
  if (!negative) return name;
  const names = Object.keys(operators) as OperatorName[];
  return names.find((other) => operatorOf(other).test === test && !operatorOf(other).negative) ?? name;
}
