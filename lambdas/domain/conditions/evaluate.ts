/**
 * Whether a condition holds on facts. Each condition is compiled the first time it is judged and kept as long as the
 * condition itself, so a cached journey pays for compilation once.
 *
 * It becomes one JavaScript function (`function-of.ts`): in code of its own V8 learns where the fields of this
 * condition lie, which closures that share their code would look up by name each time. Only what is read, and how the
 * parts are combined, is code. Operators are handed in, and so is every name and value of the document.
 */

import { hasStatus, type StatusTimes } from "../messages/message-status.ts";
import { minus, type Time } from "../time/time.ts";
import { isEverybodys, type Json, type JsonObject, memberReader, own, readerOf } from "../values/json.ts";
import { functionOf } from "./compiled-function.ts";
import type { Condition, EventCondition, FieldCondition, MessageCondition } from "./condition.ts";
import { operatorOf, operators } from "./operators.ts";

/** Everything a condition may look at. What a document does not allow at a place is simply absent there. */
export interface Facts {
  readonly now: Time;
  readonly customer: JsonObject;
  readonly event?: JsonObject | undefined;
  readonly key?: Json | undefined;
  /** Statuses of this enrollment's messages, by the component that sent them. */
  readonly messages?: Readonly<Record<string, StatusTimes>> | undefined;
  /** When the customer did what, by event name. */
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

/** A condition that a caller keeps: `holds` without looking up what it was compiled to. */
export function compile(condition: Condition): Predicate {
  const handed: unknown[] = [];
  const code = codeOf(condition, (value) => `c${handed.push(value) - 1}`);
  return functionOf(code, handed) as Predicate;
}

type HandIn = (value: unknown) => string;

function codeOf(condition: Condition, handIn: HandIn): string {
  const part = (condition: Condition) => codeOf(condition, handIn);
  if ("all" in condition) return `(${["true", ...condition.all.map(part)].join("&&")})`;
  if ("any" in condition) return `(${["false", ...condition.any.map(part)].join("||")})`;
  if ("not" in condition) return `!${part(condition.not)}`;
  if ("field" in condition) return fieldCode(condition, handIn);
  return `${handIn("event" in condition ? counts(condition) : reached(condition))}(facts)`;
}

function fieldCode(condition: FieldCondition, handIn: HandIn): string {
  const value = "value" in condition ? condition.value : undefined;
  const operator = operatorOf(condition.operator);
  const field = readingCode(condition.field, handIn);
  const not = operator.negative ? "!" : "";
  // What most conditions ask, whether a field is a certain text or number, is answered without a call.
  if (operator.test === operators.equals.test && typeof value !== "object")
    return `${not}(${field}===${handIn(value)})`;
  return `${not}${handIn(operator.test(value as never))}(${field},facts.now)`;
}

/** Only for a name that more than objects have is it asked whose it is. */
function readingCode(path: string, handIn: HandIn): string {
  const [root, ...names] = path.split(".");
  if (root === "enrollment") return "facts.key";
  return names.reduce(
    (found, name) => (isEverybodys(name) ? `${handIn(memberReader(name))}(${found})` : `${found}?.[${handIn(name)}]`),
    root === "event" ? "facts.event" : "facts.customer",
  );
}

/** Reads `event.…`, `customer.…` or `enrollment.key` out of facts. */
export function reader(path: string): (facts: Pick<Facts, "event" | "customer" | "key">) => Json | undefined {
  const [root, ...names] = path.split(".");
  if (root === "enrollment") return (facts) => facts.key ?? undefined;
  const read = readerOf(names);
  return root === "event" ? (facts) => read(facts.event) : (facts) => read(facts.customer);
}

function counts({ event, count, within }: EventCondition): Predicate {
  const { test: testOf, negative } = operatorOf(count.operator);
  const test = testOf(count.value as never);
  return ({ now, eventTimes: happened }) => {
    const since = minus(now, within);
    const times = own(happened, event) ?? [];
    return test(times.filter((time) => time > since).length, now) !== negative;
  };
}

function reached({ message, status }: MessageCondition): Predicate {
  return ({ messages }) => hasStatus(own(messages, message) ?? {}, status);
}
