/**
 * Evaluates conditions on facts. A condition is compiled when it is first evaluated. The compiled function lives as
 * long as the condition object, so a cached journey is compiled once.
 *
 * A condition becomes one JavaScript function (`compiled-function.ts`; in a browser, `interpreted-function.ts`). V8 then learns the object shapes of this one
 * condition; closures that share their code would look up each field by name every time. The generated code contains
 * only the reads and the combination of the parts. Operators, names and values of the document are constants.
 */

import { functionOf } from "#condition-function";
import { hasStatus, type StatusTimes } from "../messages/message-status.ts";
import { minus, type Time } from "../time/time.ts";
import { isInherited, type Json, type JsonObject, memberReader, own, readerOf } from "../values/json.ts";
import { parsePath, type Root } from "../values/path.ts";
import type { Condition, EventCondition, FieldCondition, MessageCondition } from "./condition.ts";
import { type Operator, operatorOf, operators } from "./operators.ts";
import { conditionBehind, type SegmentCondition } from "./segment-condition.ts";
import { valuePath } from "./value-path.ts";

/** The data that a condition can read. A place in a document that may not read a kind of data leaves it out. */
export interface Facts {
  readonly now: Time;
  readonly customer: JsonObject;
  readonly event?: JsonObject | undefined;
  /** The data of the event with which the customer entered. */
  readonly enrollmentEvent?: JsonObject | undefined;
  readonly key?: Json | undefined;
  /** The trigger event had a value at `key` that cannot be used. Rules with `key` read it. */
  readonly unusableKey?: true | undefined;
  /** The journey's time zone, for dates of customers without a zone. */
  readonly timezone?: string | undefined;
  /** The statuses of this enrollment's messages, by the id of the component that sent the message. */
  readonly messages?: Readonly<Record<string, StatusTimes>> | undefined;
  /** The times of the customer's events, by event name. */
  readonly eventTimes?: Readonly<Record<string, readonly Time[]>> | undefined;
}

type Predicate = (facts: Facts) => boolean;

const compiled = new WeakMap<Condition, Predicate>();

export function evaluate(condition: Condition, facts: Facts): boolean {
  let predicate = compiled.get(condition);
  if (!predicate) {
    predicate = compile(condition);
    compiled.set(condition, predicate);
  }
  return predicate(facts);
}

/**
 * Compiles a condition for a caller that keeps the result. `evaluate` looks up the compiled function each time.
 * `toFunction`: a test names the form of another platform.
 */
export function compile(condition: Condition, toFunction = functionOf): Predicate {
  const constants: unknown[] = [];
  const code = codeOf(condition, (value) => `c${constants.push(value) - 1}`);
  return toFunction(code, constants) as Predicate;
}

/** Adds a constant and returns its name in the expression. */
type AddConstant = (value: unknown) => string;

function codeOf(condition: Condition, constant: AddConstant): string {
  const part = (condition: Condition) => codeOf(condition, constant);
  if ("all" in condition) return `(${["true", ...condition.all.map(part)].join("&&")})`;
  if ("any" in condition) return `(${["false", ...condition.any.map(part)].join("||")})`;
  if ("not" in condition) return `!${part(condition.not)}`;
  if ("field" in condition) return fieldCode(condition, constant);
  if ("segment" in condition) return `${constant(segmentTest(condition))}(facts)`;
  return `${constant("event" in condition ? countTest(condition) : statusTest(condition))}(facts)`;
}

function fieldCode(condition: FieldCondition, constant: AddConstant): string {
  const value = "value" in condition ? condition.value : undefined;
  const operator = operatorOf(condition.operator);
  const path = valuePath(condition);
  const field = readingCode(condition.field, constant);
  const not = operator.negative ? "!" : "";
  // The most frequent condition, a field that equals a text, number or boolean, needs no function call.
  if (operator.test === operators.equals.test && typeof value !== "object")
    return `${not}(${field}===${constant(value)})`;
  if (path !== undefined)
    return `${not}${constant(twoFieldTest(operator))}(${field},${readingCode(path, constant)},facts)`;
  return `${not}${constant(operator.test(value as never))}(${field},facts)`;
}

/** Compares two fields. A missing value acts like a missing field; a value of another type than the operator's is unequal. */
function twoFieldTest({ operand, test }: Operator): (field: Json | undefined, value: unknown, facts: Facts) => boolean {
  return (field, value, facts) => {
    const read = value === undefined || value === null ? undefined : operand(value as Json, facts);
    return read !== undefined && test(read as never)(field, facts);
  };
}

/** A name that prototypes also have is read by `memberReader`, which returns own members only. */
function readingCode(path: string, constant: AddConstant): string {
  const { root, names } = parsePath(path);
  return names.reduce(
    (found, name) =>
      isInherited(name) ? `${constant(memberReader(name))}(${found})` : `${found}?.[${constant(name)}]`,
    `facts.${factOf[root]}`,
  );
}

const factOf = {
  event: "event",
  customer: "customer",
  "enrollment.event": "enrollmentEvent",
  "enrollment.key": "key",
} as const satisfies Record<Root, keyof Facts>;

export type ReadableFacts = Pick<Facts, (typeof factOf)[Root]>;

/** Compiles a path to a function that reads its value from facts. */
export function reader(path: string): (facts: ReadableFacts) => Json | undefined {
  const { root, names } = parsePath(path);
  const read = readerOf(names);
  const fact = factOf[root];
  return (facts) => read(facts[fact]);
}

function countTest({ event, count, within }: EventCondition): Predicate {
  const { test: testOf, negative } = operatorOf(count.operator);
  const test = testOf(count.value as never);
  return (facts) => {
    const { now, eventTimes } = facts;
    const since = minus(now, within);
    const times = own(eventTimes, event) ?? [];
    return test(times.filter((time) => time > since).length, facts) !== negative;
  };
}

function statusTest({ message, status }: MessageCondition): Predicate {
  return ({ messages }) => hasStatus(own(messages, message) ?? {}, status);
}

/** A segment gives the same answer in every journey, so the journey's zone does not count in it. */
function segmentTest(condition: SegmentCondition): Predicate {
  const behind = conditionBehind(condition);
  if (!behind) return () => false;
  return (facts) => evaluate(behind, facts.timezone === undefined ? facts : { ...facts, timezone: undefined });
}
