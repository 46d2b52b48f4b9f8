/** Which branch of a `waitFor` is met when the customer comes to it, or when the execution looks at it again. */
import { evaluate } from "../conditions/evaluate.ts";
import type { Position } from "../enrollment/enrollment.ts";
import { notedByEvent } from "../enrollment/meet-branch.ts";
import { type Branches, earliestMet, isEarlier, readsOnlyEvent } from "../enrollment/met-branch.ts";
import type { WaitEnd } from "../enrollment/wait-end.ts";
import type { ComponentOf } from "../journey/component.ts";
import type { Time } from "../time/time.ts";
import { conditionFacts, type JourneyFacts } from "./journey-facts.ts";

export interface MetNow {
  readonly branch: Branches[number];
  /** The activity that ended the wait; absent when the customer's state alone lets the customer pass. */
  readonly end?: WaitEnd | undefined;
}

/** The branch that was noted during the wait, or the branch that an event or the customer's present state meets. */
export function metBranch(
  { branches }: ComponentOf<"waitFor">,
  { waiting }: Position,
  facts: JourneyFacts,
  now: Time,
  until: Time,
): MetNow | undefined {
  const inTime = (facts.activities ?? []).filter((event) => event.time <= until);
  const stored = earliestMet(branches, inTime, conditionFacts(facts, now), facts.key);
  const noted = waiting && branches.find(({ id }) => id === waiting.met);
  if (!waiting || !noted) return stored ?? metByState(branches, waiting, facts, now);
  const byEvent = notedByEvent(branches, waiting);
  // An earlier event may be stored already while its stream record is still on the way.
  if (byEvent && stored && readsOnlyEvent(stored.branch) && isEarlier(branches, stored, byEvent)) return stored;
  return { branch: noted, end: waiting.metBy ?? { time: now } };
}

/** The present state does not count in a loop without a wait: it would meet the same branch in every turn. */
function metByState(
  branches: Branches,
  waiting: Position["waiting"],
  facts: JourneyFacts,
  now: Time,
): MetNow | undefined {
  if (facts.loopedWithoutWait) return undefined;
  const branch = branches.find(
    ({ event, where }) => event === undefined && where && evaluate(where, conditionFacts(facts, now)),
  );
  return branch && { branch, end: waiting && { time: facts.customer.changedAt } };
}
