/**
 * Which branch of a `waitFor` an event meets. Of several events the earliest one decides, by its own time. At one moment
 * the first branch of the document decides, then the event's identity. So the order of delivery makes no difference.
 */
import { leaves } from "../conditions/condition-tree.ts";
import { evaluate, type Facts } from "../conditions/evaluate.ts";
import { customerFields } from "../conditions/fields-read.ts";
import type { Rule } from "../conditions/rule.ts";
import { asHandled } from "../customer/customer-snapshot.ts";
import type { ComponentOf } from "../journey/component.ts";
import type { Json } from "../values/json.ts";
import type { Activity } from "./activity.ts";
import { isSameKey, keyOf } from "./key.ts";
import { identityOf, type WaitEnd } from "./wait-end.ts";

export type ActivityEvent = Extract<Activity, { kind: "event" }>;
export type Branches = ComponentOf<"waitFor">["branches"];

export interface MetBranch {
  readonly branch: Branches[number];
  readonly end: WaitEnd;
}

/** `counted`: the events that count for this wait. */
export function earliestMet(
  branches: Branches,
  counted: readonly ActivityEvent[],
  facts: Facts,
  key: Json | undefined,
): MetBranch | undefined {
  let earliest: MetBranch | undefined;
  for (const event of counted) {
    const branch = branches.find((rule) => isMet(rule, event, { ...facts, event: event.data }, key));
    const met = branch && { branch, end: { time: event.time, event: identityOf(event) } };
    if (met && (!earliest || isEarlier(branches, met, earliest))) earliest = met;
  }
  return earliest;
}

export function isEarlier(branches: Branches, a: MetBranch, b: MetBranch): boolean {
  if (a.end.time !== b.end.time) return a.end.time < b.end.time;
  const [first, second] = [branches.indexOf(a.branch), branches.indexOf(b.branch)];
  return first === second ? (a.end.event ?? "") < (b.end.event ?? "") : first < second;
}

/**
 * Whether the activity meets the rule. Only changes meet a rule without `event`; only events with the rule's name meet
 * a rule with `event`.
 */
export function isMet(rule: Omit<Rule, "id">, activity: Activity, facts: Facts, key: Json | undefined): boolean {
  if (activity.kind === "change") return rule.event === undefined && !!rule.where && evaluate(rule.where, facts);
  if (rule.event !== activity.name) return false;
  if (rule.key !== undefined && !isSameKey(keyOf(rule.key, activity.data), { key, unusableKey: facts.unusableKey }))
    return false;
  if (rule.where === undefined) return true;
  return evaluate(rule.where, { ...facts, customer: asHandled(facts.customer, activity.reads) });
}

/** Whether the rule reads only the event and the enrollment: then it gives the same answer at any later time. */
export function readsOnlyEvent({ event, where }: Omit<Rule, "id">): boolean {
  if (event === undefined || !where) return event !== undefined;
  return customerFields(where).length === 0 && leaves(where).every((leaf) => "field" in leaf);
}
