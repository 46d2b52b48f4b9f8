/**
 * Whether a condition holds on facts. Each condition is compiled into closures the first time it is judged and kept
 * as long as the condition itself, so a cached journey pays for compilation once.
 */
import type { Condition, EventCondition, FieldCondition, MessageCondition } from "./condition.ts";
import { isEverybodys, type Json, type JsonObject, own, readerOf } from "./json.ts";
import { hasStatus, type StatusTimes } from "./message-status.ts";
import { negatives, operators, type Test } from "./operators.ts";
import { minus, type Time } from "./time.ts";

/** Everything a condition may look at. What a document does not allow at a place is simply absent there. */
export interface Facts {
  readonly now: Time;
  readonly customer: JsonObject;
  readonly event?: JsonObject | undefined;
  readonly key?: Json | undefined;
  /** Statuses of this enrollment's messages, by the component that sent them. */
  readonly messages?: Readonly<Record<string, StatusTimes>> | undefined;
  /** When the customer did what, by event name. */
  readonly happened?: Readonly<Record<string, readonly Time[]>> | undefined;
}

type Predicate = (facts: Facts) => boolean;

const compiled = new WeakMap<Condition, Predicate>();

export function holds(condition: Condition, facts: Facts): boolean {
  let predicate = compiled.get(condition);
  if (!predicate) {
    predicate = compile(condition);
    compiled.set(condition, predicate);
  }
  return predicate(facts);
}

/** A condition that a caller keeps: `holds` without looking up what it was compiled to. */
export function compile(condition: Condition): Predicate {
  if ("all" in condition) {
    const parts = condition.all.map(compile);
    return (
      alone(parts) ??
      ((facts) => {
        for (const part of parts) if (!part(facts)) return false;
        return true;
      })
    );
  }
  if ("any" in condition) {
    const parts = condition.any.map(compile);
    return (
      alone(parts) ??
      ((facts) => {
        for (const part of parts) if (part(facts)) return true;
        return false;
      })
    );
  }
  if ("not" in condition) {
    const part = compile(condition.not);
    return (facts) => !part(facts);
  }
  if ("field" in condition) return compileField(condition);
  return "event" in condition ? compileEvent(condition) : compileMessage(condition);
}

/** All or any of one part is that part. */
const alone = (parts: readonly Predicate[]) => (parts.length === 1 ? parts[0] : undefined);

function compileField(condition: FieldCondition): Predicate {
  const value = "value" in condition ? condition.value : undefined;
  const negative = negatives.has(condition.operator);
  const test: Test = operators[condition.operator](value as never);
  const [root, name, ...names] = condition.field.split(".");
  if (name !== undefined && names.length === 0 && root !== "enrollment" && !isEverybodys(name)) {
    // What most conditions ask, whether a field is a certain text or number, is answered without a call.
    const plain = operators[condition.operator] === operators.equals && typeof value !== "object";
    if (root === "event")
      return plain
        ? (facts) => (facts.event?.[name] === value) !== negative
        : (facts) => test(facts.event?.[name], facts.now) !== negative;
    return plain
      ? (facts) => (facts.customer[name] === value) !== negative
      : (facts) => test(facts.customer[name], facts.now) !== negative;
  }
  const read = reader(condition.field);
  return (facts) => test(read(facts), facts.now) !== negative;
}

/** Reads `event.…`, `customer.…` or `enrollment.key` out of facts. */
export function reader(path: string): (facts: Pick<Facts, "event" | "customer" | "key">) => Json | undefined {
  const [root, ...names] = path.split(".");
  if (root === "enrollment") return (facts) => facts.key ?? undefined;
  const read = readerOf(names);
  return root === "event" ? (facts) => read(facts.event) : (facts) => read(facts.customer);
}

function compileEvent({ event, count, within }: EventCondition): Predicate {
  const test: Test = operators[count.operator](count.value as never);
  const negative = negatives.has(count.operator);
  return ({ now, happened }) => {
    const since = minus(now, within);
    const times = own(happened, event) ?? [];
    return test(times.filter((time) => time > since).length, now) !== negative;
  };
}

function compileMessage({ message, status }: MessageCondition): Predicate {
  return ({ messages }) => hasStatus(own(messages, message) ?? {}, status);
}
