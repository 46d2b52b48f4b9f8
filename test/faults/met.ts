/** Which rules the stored events have met: the laws compare it with what the system has done. */
import type { Rule } from "../../lambdas/domain/conditions/rule.ts";
import { isTriggerItself } from "../../lambdas/domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { isMet } from "../../lambdas/domain/enrollment/met-branch.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import { latestTime } from "../../lambdas/domain/time/event-time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";

/** Whether an event met a rule that reads only the event's name and key. */
export function met(rule: Rule, { trigger, key }: Enrollment, events: Iterable<CustomerEvent>): boolean {
  if (rule.event === undefined || rule.where) return false;
  for (const event of events)
    if (latestTime(event) >= trigger.time && !isTriggerItself(trigger, event))
      if (isMet(rule, { kind: "event", ...event }, { now: event.time, customer: {}, key: key as Json }, key))
        return true;
  return false;
}
