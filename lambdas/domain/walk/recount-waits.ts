/**
 * Computes from the step log and the stored events from which moment the next `waitFor` counts. This is necessary after
 * a late event or status (`enrollment/late-activity.ts`). No decision is repeated: every wait keeps the outlet through
 * which the customer left it.
 */
import type { Facts } from "../conditions/evaluate.ts";
import { isTriggerItself } from "../enrollment/apply-activity.ts";
import type { Enrollment, Position, Step } from "../enrollment/enrollment.ts";
import { type ActivityEvent, earliestMet } from "../enrollment/met-branch.ts";
import { statusRuleEnd } from "../enrollment/status-rule.ts";
import { stepsInVersion } from "../enrollment/steps.ts";
import { afterWait, type Counting, isCounted, type WaitEnd } from "../enrollment/wait-end.ts";
import type { Journey } from "../journey/journey.ts";
import { fromMilliseconds, justBefore, LATEST } from "../time/time.ts";
import { own } from "../values/json.ts";

/** The names of the events that ended a wait of the enrollment, or could have ended it through the same outlet. */
export function recountedEvents(enrollment: Enrollment, { components }: Pick<Journey, "components">): Set<string> {
  const names = stepsInVersion(enrollment).flatMap(({ componentId, outcome, metAt }) => {
    const component = own(components, componentId);
    if (metAt === undefined || component?.type !== "waitFor") return [];
    return component.branches.flatMap(({ id, event }) => (id === outcome && event !== undefined ? [event] : []));
  });
  return new Set(names);
}

/** `events`: all stored events with these names since the trigger. */
export function recountWaits(
  enrollment: Enrollment,
  { components }: Pick<Journey, "components">,
  events: readonly ActivityEvent[],
  facts: Facts,
): Position {
  const { trigger, position, migrations } = enrollment;
  const { since: _, consumed: __, late: ___, ...rest } = position;
  const others = events.filter((event) => !isTriggerItself(trigger, event));
  // What counted when a person moved the customer to this version counts still.
  let counting: Counting = migrations?.at(-1) ?? { since: justBefore(trigger.time) };
  for (const step of stepsInVersion(enrollment)) {
    const end = step.outcome === "waiting" ? undefined : endOf(step, counting);
    if (end) counting = afterWait(counting, end);
  }
  const { since, consumed } = counting;
  return { ...rest, since, ...(consumed && { consumed }) };

  function endOf(step: Step, counting: Counting): WaitEnd | undefined {
    const component = own(components, step.componentId);
    const { outcome, until, metAt } = step;
    const timedOut = until === undefined ? undefined : { time: until };
    switch (component?.type) {
      case "wait":
        return timedOut;
      case "messageStatusRule": {
        const { messages } = enrollment;
        const judged = messages.findLast(
          ({ componentId, claimedAt }) => componentId === component.message && claimedAt <= (step.leftAt ?? step.at),
        );
        const end = statusRuleEnd(judged, component.status, until ?? fromMilliseconds(LATEST));
        return end?.outlet === outcome && end.time !== undefined ? { time: end.time } : timedOut;
      }
      case "waitFor": {
        if (outcome === "otherwise") return timedOut;
        const taken = component.branches.filter(({ id }) => id === outcome);
        const counted = others.filter((event) => isCounted(counting, event) && (until ?? event.time) >= event.time);
        const found = earliestMet(taken, counted, facts, enrollment.key)?.end;
        const met = metAt === undefined ? undefined : { time: metAt };
        return found && (!met || found.time <= met.time) ? found : met;
      }
      default:
        return undefined;
    }
  }
}
