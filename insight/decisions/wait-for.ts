/** The evidence for a `waitFor`: the event, or the values of the customer, that met one of its branches. */

import { isTriggerItself } from "../../lambdas/domain/enrollment/apply-activity.ts";
import type { Step } from "../../lambdas/domain/enrollment/enrollment.ts";
import { earliestMet } from "../../lambdas/domain/enrollment/met-branch.ts";
import { identityOf, isCounted } from "../../lambdas/domain/enrollment/wait-end.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import type { ComponentOf } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { later } from "../../lambdas/domain/time/time.ts";
import { recountedEvents, recountWaits } from "../../lambdas/domain/walk/recount-waits.ts";
import { conditionEvidence, type Evidence } from "./evidence.ts";
import { factsIn, type HistoricView } from "./historic-view.ts";

type Branch = ComponentOf<"waitFor">["branches"][number];

export function meetingEvidence(
  branch: Branch,
  step: Step,
  view: HistoricView,
  journey: Pick<Journey, "components">,
): Evidence[] {
  const { event, where } = branch;
  if (event === undefined) return where ? conditionEvidence([where], view) : [];
  const found = eventMeeting(branch, step, view, journey);
  if (!found) return [{ what: event, expired: true }];
  return [
    { what: event, value: found.time },
    ...(where ? conditionEvidence([where], { ...view, ruleEvent: found.data }) : []),
  ];
}

/**
 * The event that meets the branch, as the engine chooses it: the earliest one from the moment at which the customer left
 * the wait before. That moment, and the events that ended a wait at it, are computed from the step log as the engine
 * computes them after a late event.
 */
export function eventMeeting(
  branch: Branch,
  step: Step,
  view: HistoricView,
  journey: Pick<Journey, "components">,
): CustomerEvent | undefined {
  const { enrollment, events } = view;
  const { steps, trigger, key } = enrollment;
  const { at, until = at } = step;
  const before = { ...enrollment, steps: steps.slice(0, steps.indexOf(step)) };
  const activities = events.map((event) => ({ kind: "event" as const, ...event }));
  const names = recountedEvents(before, journey);
  const facts = factsIn(view);
  const earlier = activities.filter(({ name }) => names.has(name));
  const { since, consumed } = recountWaits(before, journey, earlier, facts);
  const counting = { since: later(since, trigger.time), ...(consumed && { consumed }) };
  const counted = activities.filter(
    (event) => event.time <= until && !isTriggerItself(trigger, event) && isCounted(counting, event),
  );
  const end = earliestMet([branch], counted, facts, key)?.end;
  return events.find((event) => identityOf(event) === end?.event);
}
