/** The facts that are certain of customers at the moment of entry. */
import type { Journey } from "../journey/journey.ts";
import { isByChange } from "../journey/starts.ts";
import { attributeAtom } from "./atom.ts";
import { afterTime, assume, type Facts, nothingKnown, type Work } from "./facts.ts";
import { ways } from "./ways.ts";

/** Why the trigger lets no customer in; `path` names the condition that refuses the last of them. */
export interface Nobody {
  readonly path: readonly (string | number)[];
  readonly by: "where" | "audience" | "unsubscribed" | "exit";
  /** Customers whom the conditions before this condition allow. */
  readonly allowed: readonly Facts[];
}

export type Entering = { readonly facts: readonly Facts[] } | { readonly nobody: Nobody };

type Demand = readonly [Nobody["path"], Nobody["by"], (facts: Facts) => readonly Facts[]];

/** Customers whom the trigger lets in. */
export function entering(journey: Journey, work: Work): Entering {
  const { trigger } = journey;
  const where: Demand = [["trigger", "where"], "where", (facts) => ways(trigger.where, true, facts)];
  return meeting([where, ...demandsOf(journey)], withEvent(trigger.event !== undefined, work), journey);
}

/**
 * Customers who enter by an audience run that a person starts. Without an event, the trigger's `where` on an event does
 * not count; and a journey without an event can be given one.
 */
export function enteringByHand(journey: Journey, work: Work): readonly Facts[] {
  const { trigger } = journey;
  const where: Demand = [["trigger", "where"], "where", (facts) => ways(trigger.where, true, facts)];
  const demands = [...(trigger.event === undefined ? [where] : []), ...demandsOf(journey)];
  const entered = meeting(demands, withEvent(trigger.event === undefined, work), journey);
  return "facts" in entered ? entered.facts : [];
}

const withEvent = (isThere: boolean, work: Work): Facts => ({
  ...nothingKnown(work),
  ...(!isThere && { noEvent: true }),
});

function demandsOf({ trigger, exit = [] }: Journey): Demand[] {
  const unsubscribed = { atom: attributeAtom("unsubscribed", "equals", true), holds: false };
  const subscribed = (facts: Facts) => [assume(facts, unsubscribed)].filter((each) => each !== undefined);
  return [
    [["trigger", "audience"], "audience", (facts) => ways(trigger.audience, true, facts)],
    [["trigger"], "unsubscribed", (facts) => (trigger.includeUnsubscribed ? [facts] : subscribed(facts))],
    ...exit.flatMap(({ event, where }, index): Demand[] =>
      event === undefined && where ? [[["exit", index, "where"], "exit", (facts) => ways(where, false, facts)]] : [],
    ),
  ];
}

/** If there are more ways to enter than this, the conditions of the trigger are left out. */
const MOST_STARTS = 64;

function meeting(demands: readonly Demand[], start: Facts, { trigger }: Journey): Entering {
  let allowed: readonly Facts[] = [start];
  for (const [path, by, demand] of demands) {
    const left = allowed.flatMap(demand);
    if (left.length === 0) return { nobody: { path, by, allowed } };
    allowed = left.length > MOST_STARTS ? [start] : left;
  }
  // A run may let a customer wait for their own local time.
  return { facts: trigger.event !== undefined || isByChange(trigger) ? allowed : allowed.map(afterTime) };
}
