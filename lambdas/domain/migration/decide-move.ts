/**
 * Decides whether a customer inside an old version of a journey may move to another one, and to which component. Pure:
 * the two versions and the enrollment alone decide. In doubt, the customer stays.
 *
 * A customer who moves keeps the running wait, the log and the messages. The execution is not touched: when it wakes, it
 * reads the enrollment, and goes on in the new version.
 */
import type { Enrollment, Migration } from "../enrollment/enrollment.ts";
import { waitingSince } from "../enrollment/steps.ts";
import { edges, reachable } from "../journey/graph.ts";
import type { Time } from "../time/time.ts";
import { own } from "../values/json.ts";
import { followLog, type Obstacle, type Versions } from "./follow-log.ts";
import { renamed } from "./rename.ts";
import { sameDecision } from "./same-decision.ts";

export type MoveDecision =
  | { readonly kind: "moves"; readonly enrollment: Enrollment }
  | ({ readonly kind: "stays" } & Obstacle);

/** `to`: the number of the new version. */
export function decideMove(
  enrollment: Enrollment,
  versions: Versions,
  { to, now }: { readonly to: number; readonly now: Time },
): MoveDecision {
  const obstacle = obstacleOf(enrollment, versions);
  if (obstacle) return { kind: "stays", ...obstacle };
  const { position, journeyVersion: from } = enrollment;
  const { since, consumed } = position;
  const migration: Migration = {
    at: now,
    from,
    steps: leftSteps(enrollment).length,
    since,
    ...(consumed && { consumed }),
  };
  const migrations = [...(enrollment.migrations ?? []), migration].slice(-MOST_KEPT);
  return { kind: "moves", enrollment: { ...renamed(enrollment, versions.renames), journeyVersion: to, migrations } };
}

/** How many moves an enrollment remembers. Only the newest move is read by decisions. */
const MOST_KEPT = 10;

function obstacleOf(enrollment: Enrollment, versions: Versions): Obstacle | undefined {
  const { old, next, renames } = versions;
  const { position } = enrollment;
  const taken = [...renames].find(
    ([from, to]) => own(old.components, from) && own(old.components, to) && !renames.has(to),
  );
  if (taken) return { reason: "id-taken", componentId: taken[1] };
  const place = renames.get(position.componentId) ?? position.componentId;
  if (position.claim !== undefined) return { reason: "being-sent", componentId: place };
  if (own(next.components, place) === undefined) return { reason: "component-gone", componentId: place };
  return (
    followLog(leftSteps(enrollment), place, versions) ??
    repeatedMessage(enrollment, place, versions) ??
    waitObstacle(enrollment, place, versions)
  );
}

/** The steps that are over. */
const leftSteps = ({ steps }: Enrollment) => steps.filter(({ outcome }) => outcome !== "waiting");

/** A customer who waits keeps waiting, so the component of the new version must wait for the same thing. */
function waitObstacle(
  { position, steps }: Enrollment,
  place: string,
  { old, next, renames }: Versions,
): Obstacle | undefined {
  const before = own(old.components, position.componentId);
  const after = own(next.components, place);
  if (!position.waiting && waitingSince({ steps }) === undefined) return undefined;
  if (!before || before.type !== after?.type) return { reason: "component-differs", componentId: place };
  const signalled = position.waiting?.for === "signal";
  return signalled && !sameDecision([before, old], [after, next], renames)
    ? { reason: "waits-for-other", componentId: place }
    : undefined;
}

/**
 * A component ahead of the customer that would send a template again. The customer has got this template from a
 * component that the new version does not have. A message that the new version itself sends more than once, in a loop
 * or by two components, is no repetition.
 */
function repeatedMessage({ messages }: Enrollment, place: string, { next, renames }: Versions): Obstacle | undefined {
  const dropped = messages.filter(
    ({ componentId, state }) =>
      state !== "skipped" && own(next.components, renames.get(componentId) ?? componentId) === undefined,
  );
  const templates = new Set(dropped.map(({ template }) => template));
  for (const componentId of reachable(edges(next), place)) {
    const component = own(next.components, componentId);
    if (component?.type === "sendTemplate" && templates.has(component.template))
      return { reason: "would-repeat-message", componentId };
  }
  return undefined;
}
