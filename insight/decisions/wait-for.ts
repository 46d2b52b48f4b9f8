/** The evidence for a `waitFor`: the event, or the values of the customer, that met one of its branches. */

import { isTriggerItself } from "../../lambdas/domain/enrollment/apply-activity.ts";
import { isMet } from "../../lambdas/domain/enrollment/met-branch.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import type { ComponentOf } from "../../lambdas/domain/journey/component.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import { conditionEvidence, type Evidence } from "./evidence.ts";
import { factsIn, type HistoricView } from "./historic-view.ts";

type Branch = ComponentOf<"waitFor">["branches"][number];

/** `until`: the end of the wait. */
export function meetingEvidence(branch: Branch, until: Time, view: HistoricView): Evidence[] {
  const { event, where } = branch;
  if (event === undefined) return where ? conditionEvidence([where], view) : [];
  const found = eventMeeting(branch, until, view);
  if (!found) return [{ what: event, expired: true }];
  return [
    { what: event, value: found.time },
    ...(where ? conditionEvidence([where], { ...view, ruleEvent: found.data }) : []),
  ];
}

/**
 * The first event that meets the branch. A `waitFor` also accepts events that happened after the wait before it had
 * ended, or after the trigger when there was none.
 */
export function eventMeeting(branch: Branch, until: Time, view: HistoricView): CustomerEvent | undefined {
  const { enrollment, events, at } = view;
  const { steps, trigger, key } = enrollment;
  const lastWait = steps.filter((step) => step.until !== undefined && (step.leftAt ?? at) < at).at(-1);
  const { leftAt = at, metAt, until: waitedUntil = leftAt } = lastWait ?? {};
  const ended = metAt ?? waitedUntil;
  const since = !lastWait ? trigger.time : ended < leftAt ? ended : leftAt;
  return events.find((event) => {
    const { time, data } = event;
    if (time < since || time > until || isTriggerItself(trigger, event)) return false;
    return isMet(branch, { kind: "event", ...event }, { ...factsIn(view), event: data }, key);
  });
}
