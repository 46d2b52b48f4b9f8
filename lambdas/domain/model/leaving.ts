/**
 * How a customer can leave each component: through which outlet, and what is certain of them then. An outlet without a
 * way is one that no customer takes. A new component does not compile until it says so here.
 */
import { isReserved } from "../customer/reserved-attributes.ts";
import type { Component, ComponentOf, ComponentType } from "../journey/component.ts";
import type { Json } from "../values/json.ts";
import { attributeAtom, statusAtom } from "./atom.ts";
import {
  afterSending,
  afterTime,
  assume,
  type Facts,
  forgetAttributes,
  forgetAwaited,
  forgetCounts,
  isCertain,
} from "./facts.ts";
import { ways } from "./ways.ts";

export interface Leaving {
  /** The index of the outlet in `outlets(component)`. */
  readonly outlet: number;
  readonly facts: Facts;
  /** What was certain at the moment of leaving, if time has passed since. */
  readonly then?: Facts;
}

type Leave<T extends ComponentType> = (component: ComponentOf<T>, facts: Facts, id: string) => readonly Leaving[];

export function leavings(component: Component, facts: Facts, id: string): readonly Leaving[] {
  return (leave[component.type] as (component: Component, facts: Facts, id: string) => readonly Leaving[])(
    component,
    facts,
    id,
  );
}

const onward = (facts: Facts): readonly Leaving[] => [{ outlet: 0, facts }];

const leave: { [T in ComponentType]: Leave<T> } = {
  // Caps and quiet hours can delay a message, so time passes.
  sendTemplate: (_, facts, id) => onward(afterSending(facts, id)),

  messageStatusRule({ message, status }, facts) {
    const reached = { atom: statusAtom(message, status), holds: true };
    const later = afterTime(facts);
    const met = assume({ ...later, sent: new Set([...later.sent, message]) }, reached);
    return [
      ...(met ? [{ outlet: 0, facts: met }] : []),
      ...(isCertain(facts, reached) ? [] : [{ outlet: 1, facts: later }]),
    ];
  },

  addTag: ({ tags }, facts) => onward(withTags(facts, tags, true)),
  removeTag: ({ tags }, facts) => onward(withTags(facts, tags, false)),
  wait: (_, facts) => onward(afterTime(facts)),

  updateCustomer({ set = {}, unset = [] }, facts) {
    let after = forgetAttributes(facts, [...Object.keys(set), ...unset]);
    for (const name of unset) after = known(after, name, "exists", false);
    for (const [name, value] of Object.entries(set))
      if (!unset.includes(name) && isPlain(value)) after = known(after, name, "equals", true, value);
    return onward(after);
  },

  condition({ branches, otherwise: _ }, facts) {
    const found: Leaving[] = [];
    let before: readonly Facts[] = [facts];
    for (const [outlet, { when }] of branches.entries()) {
      found.push(...before.flatMap((way) => ways(when, true, way)).map((way) => ({ outlet, facts: way })));
      before = before.flatMap((way) => ways(when, false, way));
      if (before.length > MOST_BEFORE) before = [facts];
    }
    return [...found, ...before.map((way) => ({ outlet: branches.length, facts: way }))];
  },

  split: ({ branches }, facts) => branches.map((_, outlet) => ({ outlet, facts })),

  waitFor({ branches }, facts) {
    const later = afterTime(facts);
    const met = branches.flatMap(({ event, where }, outlet) =>
      ways(where, true, later, event === undefined ? "inside" : "awaited").map((way) => ({
        outlet,
        facts: forgetAwaited(afterTime(way)),
        then: forgetAwaited(way),
      })),
    );
    return [...met, { outlet: branches.length, facts: later }];
  },

  emitEvent: (_, facts) => onward(forgetCounts(facts)),
};

const MOST_BEFORE = 64;

function withTags(facts: Facts, tags: readonly string[], holds: boolean): Facts {
  const kept = forgetTags(facts, tags);
  return tags.reduce(
    (after, tag) => assume(after, { atom: attributeAtom("tags", "contains", tag), holds, made: true }) ?? after,
    kept,
  );
}

/** A customer keeps or lacks the other tags as before; every other statement about the tags may have become false. */
function forgetTags(facts: Facts, tags: readonly string[]): Facts {
  const others = (facts.known.get("customer.tags") ?? []).filter(
    ({ atom }) => atom.test?.operator === "contains" && !tags.some((tag) => tag === atom.test?.value),
  );
  return others.reduce((after, literal) => assume(after, literal) ?? after, forgetAttributes(facts, ["tags"]));
}

function known(facts: Facts, name: string, operator: "equals" | "exists", holds: boolean, value?: Json): Facts {
  if (isReserved(name)) return facts;
  return assume(facts, { atom: attributeAtom(name, operator, value), holds, made: true }) ?? facts;
}

const isPlain = (value: unknown): value is string | number | boolean => typeof value !== "object";
