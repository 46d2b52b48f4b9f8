/** One customer's path as an overlay: the boxes that the customer visited, the times, and the outcomes. */

import type { Enrollment, Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../../lambdas/domain/journey/outlets.ts";
import { currentReason } from "../../../lambdas/domain/reasons/reason.ts";
import type { Time } from "../../../lambdas/domain/time/time.ts";
import { decisionText } from "../../decisions/decision-text.ts";
import type { Decision } from "../../decisions/decisions.ts";
import { shortDay } from "../../words/time-text.ts";
import { endOf, type Overlay, TRIGGER } from "./diagram.ts";

/** The most visits that are shown for one component. A loop can make more. */
const MOST_VISITS = 3;

/** `decisions`: by step. A component shows the decision of its newest visit. */
export function overlayOf(
  enrollment: Enrollment,
  { components }: Pick<Journey, "components">,
  decisions: readonly (Decision | undefined)[] = [],
): Overlay {
  const { steps, enteredAt, status, reason, endedAt, goals } = enrollment;
  const texts = new Map<string, readonly string[]>([[TRIGGER, [`entered ${shortTime(enteredAt)}`]]]);
  const taken = new Set<string>([TRIGGER]);
  for (const [componentId, visits] of Map.groupBy(steps, (step) => step.componentId)) {
    const before = visits.length - MOST_VISITS;
    const newest = decisions[steps.findLastIndex((step) => step.componentId === componentId)];
    texts.set(componentId, [
      ...(before > 0 ? [`${before} visit${before === 1 ? "" : "s"} before`] : []),
      ...visits.slice(-MOST_VISITS).map(visitText),
      ...(newest ? [decisionText(newest)] : []),
    ]);
  }
  for (const { componentId, outcome, leftAt } of steps) {
    const component = components[componentId];
    if (!component || leftAt === undefined) continue;
    for (const [index, outlet] of outlets(component).entries()) {
      // After a skipped message the customer continues like after a sent one.
      if (outlet.outcome !== outcome && !(outlet.outcome === "done" && outcome === "skipped")) continue;
      taken.add(wayKey(componentId, outlet.outcome));
      if (outlet.to === undefined) texts.set(endOf(componentId, index), [`completed ${shortTime(leftAt)}`]);
    }
  }
  if (status === "exited" && reason !== undefined)
    texts.set(`~exit ${reason}`, [`left here ${shortTime(endedAt ?? enteredAt)}`]);
  for (const [goalId, time] of Object.entries(goals)) texts.set(`~goal ${goalId}`, [`reached ${shortTime(time)}`]);
  return {
    at: (boxId) => texts.get(boxId),
    isTaken: ({ from, outcome }) => taken.has(outcome === undefined ? from : wayKey(from, outcome)),
  };
}

const wayKey = (componentId: string, outcome: string) => `${componentId} ${outcome}`;

function visitText({ at, leftAt, outcome, until, reason }: Step): string {
  if (outcome === "waiting") return `here since ${shortTime(at)}${until ? `, at most until ${shortTime(until)}` : ""}`;
  const how = reason === undefined ? outcome : `${outcome} (${currentReason(reason)})`;
  return leftAt === undefined || leftAt === at
    ? `${shortTime(at)} ${how}`
    : `${shortTime(at)} – ${shortTime(leftAt, at)} ${how}`;
}

/** `5 Jan 09:00`: without seconds when they are zero, and without the day when it is the day of `from`. */
function shortTime(time: Time, from = ""): string {
  const clock = time.slice(11, 19).replace(/:00$/, "");
  return time.slice(0, 10) === from.slice(0, 10) ? clock : `${shortDay(time, time).replace(/^\w+ /, "")} ${clock}`;
}

/**
 * The journey to draw under a customer's overlay. The components come from the version that the customer entered with.
 * Exit rules, goals and the status come from the live version, because they apply to every customer at once.
 */
export function journeyUnder(entered: Journey, live: Journey, customerId: string): Journey {
  const { exit: _, goals: __, ...pinned } = entered;
  return {
    ...pinned,
    status: live.status,
    name: `${live.name}: ${customerId}`,
    ...(live.exit && { exit: live.exit }),
    ...(live.goals && { goals: live.goals }),
  };
}
