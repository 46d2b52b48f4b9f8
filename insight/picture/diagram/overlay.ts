/** A customer's path on the picture of a journey: where they have been, when, and how they went on. */
import type { Enrollment, Step } from "../../../lambdas/domain/enrollment.ts";
import type { Journey } from "../../../lambdas/domain/journey.ts";
import { outlets } from "../../../lambdas/domain/outlets.ts";
import type { Time } from "../../../lambdas/domain/time.ts";
import { type Decision, decisionText } from "../../decisions/decisions.ts";
import { shortDay } from "../../words/time-text.ts";
import { endOf, type Marks, TRIGGER } from "./diagram.ts";

/** So many visits of one component are told; a loop may make more. */
const MOST_VISITS = 3;

/** `decisions`: for each step what it looked at. Told of the newest visit of a component. */
export function pathOf(
  enrollment: Enrollment,
  { components }: Pick<Journey, "components">,
  decisions: readonly (Decision | undefined)[] = [],
): Marks {
  const { steps, enteredAt, status, reason, endedAt, goals } = enrollment;
  const told = new Map<string, readonly string[]>([[TRIGGER, [`entered ${moment(enteredAt)}`]]]);
  const taken = new Set<string>([TRIGGER]);
  for (const [componentId, visits] of Map.groupBy(steps, (step) => step.componentId)) {
    const before = visits.length - MOST_VISITS;
    const newest = decisions[steps.findLastIndex((step) => step.componentId === componentId)];
    told.set(componentId, [
      ...(before > 0 ? [`${before} visit${before === 1 ? "" : "s"} before`] : []),
      ...visits.slice(-MOST_VISITS).map(visitText),
      ...(newest ? [decisionText(newest)] : []),
    ]);
  }
  for (const { componentId, outcome, leftAt } of steps) {
    const component = components[componentId];
    if (!component || leftAt === undefined) continue;
    for (const [index, outlet] of outlets(component).entries()) {
      // A skipped message goes the same way as a sent one.
      if (outlet.outcome !== outcome && !(outlet.outcome === "done" && outcome === "skipped")) continue;
      taken.add(wayKey(componentId, outlet.outcome));
      if (outlet.to === undefined) told.set(endOf(componentId, index), [`completed ${moment(leftAt)}`]);
    }
  }
  if (status === "exited" && reason !== undefined)
    told.set(`~exit ${reason}`, [`left here ${moment(endedAt ?? enteredAt)}`]);
  for (const [goalId, time] of Object.entries(goals)) told.set(`~goal ${goalId}`, [`reached ${moment(time)}`]);
  return {
    at: (boxId) => told.get(boxId),
    isTaken: ({ from, outcome }) => taken.has(outcome === undefined ? from : wayKey(from, outcome)),
  };
}

const wayKey = (componentId: string, outcome: string) => `${componentId} ${outcome}`;

function visitText({ at, leftAt, outcome, until, reason }: Step): string {
  if (outcome === "waiting") return `here since ${moment(at)}${until ? `, at most until ${moment(until)}` : ""}`;
  const how = reason === undefined ? outcome : `${outcome} (${reason})`;
  return leftAt === undefined || leftAt === at
    ? `${moment(at)} ${how}`
    : `${moment(at)} – ${moment(leftAt, at)} ${how}`;
}

/** `5 Jan 09:00`, with seconds only where they tell something, and the day only where it is another. */
function moment(time: Time, from = ""): string {
  const clock = time.slice(11, 19).replace(/:00$/, "");
  return time.slice(0, 10) === from.slice(0, 10) ? clock : `${shortDay(time, time).replace(/^\w+ /, "")} ${clock}`;
}
