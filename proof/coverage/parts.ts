/** The parts of a journey that a test can reach: components, outlets, exit rules, goals, and refusals of customers. */
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../lambdas/domain/journey/outlets.ts";
import { entryRuleOf } from "../../lambdas/domain/journey/starts.ts";
import type { NotEntered } from "../../lambdas/domain/reasons/reason.ts";

export interface Part {
  readonly kind: "component" | "outlet" | "exit" | "goal" | "refusal";
  /** The id of the component, exit rule or goal, or the reason of the refusal. */
  readonly id: string;
  /** For an outlet: the outcome with which the customer leaves the component. */
  readonly outcome?: string;
}

export const partKinds = ["component", "outlet", "exit", "goal", "refusal"] as const satisfies readonly Part["kind"][];

export function partsOf(journey: Journey): Part[] {
  const { components, exit = [], goals = [] } = journey;
  return [
    ...Object.keys(components).map((id): Part => ({ kind: "component", id })),
    ...Object.entries(components).flatMap(([id, component]) => {
      // Branches with the same target have the same outcome: a timeline does not tell them apart.
      const outcomes = new Set(outlets(component).map(({ outcome }) => outcome));
      return [...outcomes].map((outcome): Part => ({ kind: "outlet", id, outcome }));
    }),
    ...exit.map(({ id }): Part => ({ kind: "exit", id })),
    ...goals.map(({ id }): Part => ({ kind: "goal", id })),
    ...refusalsOf(journey).map((id): Part => ({ kind: "refusal", id })),
  ];
}

/**
 * The refusals that the document decides. Refusals because a journey is paused or gets an event twice are left out,
 * because every journey can have them.
 */
function refusalsOf({ trigger, exit = [] }: Journey): NotEntered[] {
  const entry = entryRuleOf(trigger);
  const decided: Readonly<Record<NotEntered, boolean>> = {
    // A trigger on changes leaves no reason when `where` is false: every change of every customer would leave one.
    "where-false": trigger.where !== undefined && trigger.event !== undefined,
    "audience-false": trigger.audience !== undefined,
    "entry-limit": entry !== "always" && (typeof entry === "string" || Object.keys(entry).length > 0),
    unsubscribed: trigger.includeUnsubscribed !== true,
    "exit-holds": exit.some(({ event }) => event === undefined),
    "not-active": false,
    "duplicate-event": false,
    "automatic-loop": false,
  };
  return (Object.keys(decided) as NotEntered[]).filter((reason) => decided[reason]);
}

export function keyOf({ kind, id, outcome = "" }: Part): string {
  return `${kind} ${id} ${outcome}`;
}
