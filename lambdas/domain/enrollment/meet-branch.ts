/** Stores with the enrollment which branch of a `waitFor` an activity meets while the customer waits there. */
import type { Facts } from "../conditions/evaluate.ts";
import type { Activity, Versions } from "./activity.ts";
import { type Enrollment, messageStatuses, type Position } from "./enrollment.ts";
import { type Branches, earliestMet, isEarlier, isMet, type MetBranch } from "./met-branch.ts";
import { isCounted } from "./wait-end.ts";

/** Until the execution has seen the branch, an event with an earlier time replaces the event that met it. */
export function meetBranch(
  enrollment: Enrollment,
  entered: Versions["entered"],
  activity: Activity,
  facts: Facts,
): Enrollment {
  const { position } = enrollment;
  const { waiting } = position;
  const component = entered.components[position.componentId];
  if (waiting?.for !== "signal" || component?.type !== "waitFor") return enrollment;
  const { branches } = component;
  const known = notedByEvent(branches, waiting);
  if (waiting.met !== undefined && !known) return enrollment;
  const met = metBy(branches, activity, { ...facts, messages: messageStatuses(enrollment) }, enrollment);
  if (!met || activity.time > waiting.until || (known && !isEarlier(branches, met, known))) return enrollment;
  const { branch, end } = met;
  return { ...enrollment, position: { ...position, waiting: { ...waiting, met: branch.id, metBy: end } } };
}

function metBy(
  branches: Branches,
  activity: Activity,
  facts: Facts,
  { key, position }: Pick<Enrollment, "key" | "position">,
): MetBranch | undefined {
  if (activity.kind === "event")
    return isCounted(position, activity) ? earliestMet(branches, [activity], facts, key) : undefined;
  const branch = branches.find((rule) => isMet(rule, activity, facts, key));
  return branch && { branch, end: { time: activity.time } };
}

/** The stored branch, if an event met it. */
export function notedByEvent(
  branches: Branches,
  { met, metBy }: NonNullable<Position["waiting"]>,
): MetBranch | undefined {
  const branch = branches.find(({ id }) => id === met);
  return branch && metBy?.event !== undefined ? { branch, end: metBy } : undefined;
}
