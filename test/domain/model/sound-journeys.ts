/**
 * Random journeys without a mistake, by the way they are made: each condition compares fields of its own, so that it can
 * be true and false wherever it stands; each component sends a template of its own; every component has a way to it.
 *
 * They have traps, too: conditions that look like mistakes and are none. A field of the customer is asked again after a
 * wait with the opposite value; a number is narrowed; a loop with a way out repeats its message; a reminder has the
 * template of the message.
 */
import * as fc from "fast-check";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";

/** Made-up choices, so that a journey is plain code: `pick(n)` is a number below n. */
type Pick = (below: number) => number;

class Maker {
  components: Record<string, Component> = {};
  fields = 0;
  readonly pick: Pick;

  constructor(pick: Pick) {
    this.pick = pick;
  }

  one<T>(...values: readonly T[]): T {
    return values[this.pick(values.length)] as T;
  }

  /** A comparison of a field that nothing else reads. */
  leaf(root = this.one("event", "customer")): Condition {
    const field = `${root}.f${this.fields++}`;
    return this.one<() => Condition>(
      () => ({ field, operator: this.one("equals", "notEquals"), value: this.one<string | number>("a", 2) }),
      () => ({ field, operator: this.one("greaterThan", "lessThanOrEquals"), value: this.pick(50) }),
      () => ({ field, operator: this.one("oneOf", "notOneOf"), value: ["a", "b", 3] }),
      () => ({ field, operator: this.one("contains", "notContains", "startsWith"), value: "ab" }),
      () => ({ field, operator: this.one("exists", "notExists") }),
      () => ({ field, operator: "between", value: [10, 20] }),
    )();
  }

  condition(depth = 2): Condition {
    const parts = () => Array.from({ length: 1 + this.pick(2) }, () => this.condition(depth - 1));
    if (depth === 0) return this.leaf();
    return this.one<() => Condition>(
      () => this.leaf(),
      () => ({ all: parts() }),
      () => ({ any: parts() }),
      () => ({ not: this.condition(depth - 1) }),
    )();
  }

  add(component: Component): string {
    const id = `c-${Object.keys(this.components).length}`;
    this.components[id] = component;
    return id;
  }

  /** The ids of some components that lead to `next`, the first of them last made. */
  part(next: string | undefined): string {
    const to = next === undefined ? {} : { next };
    return this.one<() => string>(
      () => this.add({ type: "wait", for: this.one("PT4H", "P1D"), ...to }),
      () => this.add({ type: "wait", until: { time: "09:30" }, ...to }),
      () => this.add({ type: "sendTemplate", template: `t-${this.fields++}`, ...to }),
      () => this.add({ type: "addTag", tags: [`tag-${this.fields++}`], ...to }),
      () => this.add({ type: "updateCustomer", set: { [`own${this.fields++}`]: 1 }, ...to }),
      () => this.add({ type: "emitEvent", event: "told", ...to }),
      () => this.branching(next),
      () => this.split(next),
      () => this.waitFor(next),
      () => this.rule(next),
      () => this.askedAgain(next),
      () => this.narrowed(next),
      () => this.reminded(next),
      () => this.repeated(next),
    )();
  }

  branching(next: string | undefined): string {
    const then = this.part2(next);
    return this.add({
      type: "condition",
      branches: [{ when: this.condition(), next: then }],
      ...(next !== undefined && { otherwise: next }),
    });
  }

  /** Without nesting, so that journeys stay small. */
  part2(next: string | undefined): string {
    return this.add({ type: "addTag", tags: [`tag-${this.fields++}`], ...(next !== undefined && { next }) });
  }

  split(next: string | undefined): string {
    const branches = [
      { percent: 30, next: this.part2(next) },
      { percent: 70, ...(next !== undefined && { next }) },
    ];
    return this.add({ type: "split", branches });
  }

  waitFor(next: string | undefined): string {
    const to = next === undefined ? {} : { next };
    const branch = { id: "came", event: `ev${this.fields++}`, where: this.leaf(), ...to };
    return this.add({
      type: "waitFor",
      branches: [branch],
      within: "P2D",
      ...(next !== undefined && { otherwise: this.part2(next) }),
    });
  }

  rule(next: string | undefined): string {
    const id = `c-${Object.keys(this.components).length + 1}`;
    const to = next === undefined ? {} : { met: next, notMet: next };
    this.add({ type: "messageStatusRule", message: id, status: this.one("read", "clicked"), within: "P1D", ...to });
    return this.add({
      type: "sendTemplate",
      template: `t-${this.fields++}`,
      next: `c-${Object.keys(this.components).length - 1}`,
    });
  }

  /** A field of the customer with the opposite value after a wait. */
  askedAgain(next: string | undefined): string {
    const field = `customer.f${this.fields++}`;
    const to = next === undefined ? {} : { otherwise: next };
    const second = this.add({
      type: "condition",
      branches: [{ when: { field, operator: "equals", value: "paid" }, next: this.part2(next) }],
      ...to,
    });
    const wait = this.add({ type: "wait", for: "P1D", next: second });
    return this.add({
      type: "condition",
      branches: [{ when: { field, operator: "equals", value: "free" }, next: wait }],
      ...to,
    });
  }

  /** A number of the event in a part of the range that an earlier condition allows. */
  narrowed(next: string | undefined): string {
    const field = `event.f${this.fields++}`;
    const to = next === undefined ? {} : { otherwise: next };
    const second = this.add({
      type: "condition",
      branches: [{ when: { field, operator: "greaterThan", value: 40 }, next: this.part2(next) }],
      ...to,
    });
    return this.add({
      type: "condition",
      branches: [{ when: { field, operator: "greaterThan", value: 20 }, next: second }],
      ...to,
    });
  }

  reminded(next: string | undefined): string {
    const template = `t-${this.fields++}`;
    const to = next === undefined ? {} : { next };
    const again = this.add({ type: "sendTemplate", template, ...to });
    const answered = { id: "answered", event: `ev${this.fields++}`, ...to };
    const wait = this.add({ type: "waitFor", branches: [answered], within: "P2D", otherwise: again });
    return this.add({ type: "sendTemplate", template, next: wait });
  }

  repeated(next: string | undefined): string {
    const start = Object.keys(this.components).length + 2;
    const wait = this.add({ type: "wait", for: "P7D", next: `c-${start}` });
    const answered = { id: "answered", event: `ev${this.fields++}`, ...(next !== undefined && { next }) };
    const asks = this.add({ type: "waitFor", branches: [answered], within: "P1D", otherwise: wait });
    return this.add({ type: "sendTemplate", template: `t-${this.fields++}`, next: asks });
  }
}

/** The journey, and the ids from which each of its parts starts: a mistake can be put before any of them. */
export interface Sound {
  readonly journey: Journey;
  readonly parts: readonly string[];
}

export function soundJourney(pick: Pick): Sound {
  const maker = new Maker(pick);
  const parts: string[] = [];
  let next: string | undefined;
  for (let left = 1 + pick(5); left > 0; left--) {
    next = maker.part(next);
    parts.unshift(next);
  }
  const exit =
    pick(2) === 0
      ? []
      : [
          maker.one<NonNullable<Journey["exit"]>[number]>(
            { id: "bought", event: "bought" },
            { id: "vip", where: maker.leaf("customer") },
          ),
        ];
  const journey: Journey = {
    id: "sound",
    name: "Sound",
    status: "active",
    trigger: {
      event: "started",
      ...(pick(2) === 0 && { where: maker.condition() }),
      ...(pick(3) === 0 && { audience: maker.leaf("customer") }),
      entry: maker.one("once", "always"),
    },
    ...(exit.length > 0 && { exit }),
    goals: [{ id: "goal", event: "bought", within: "P90D" }],
    start: next as string,
    components: maker.components,
  };
  return { journey, parts };
}

/** A list of numbers is a journey, so that a failure can be repeated. */
export const choices = fc.array(fc.nat(1_000_000), { minLength: 400, maxLength: 400 });

export function picker(numbers: readonly number[]): Pick {
  let at = 0;
  return (below) => (numbers[at++ % numbers.length] as number) % below;
}
