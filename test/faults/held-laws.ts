/** The laws of a held journey: no customer takes a step, and no customer is thrown out. */
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import { plus, type Time } from "../../lambdas/domain/time/time.ts";
import type { FaultWorld } from "./world.ts";

/** A function may still use the view of the journey from before the hold. */
const OLD_VIEW = "PT5S";

/** The step that a write takes in a journey that has been held for longer; `undefined`: it takes none. */
export function stepWhileHeld(
  before: Enrollment,
  after: Enrollment,
  live: LiveJourney | undefined,
  now: Time,
): string | undefined {
  if (live?.journey.status !== "held" || now <= plus(live.publishedAt ?? now, OLD_VIEW)) return undefined;
  // A message or event that was claimed before the hold is completed.
  if (after.status !== "active" || before.position.claim !== undefined) return undefined;
  const went = after.position.visit > before.position.visit;
  const claims = after.position.claim !== undefined;
  return went || claims ? `${after.enrollmentId} took a step at ${now}, held since ${live.publishedAt}` : undefined;
}

/** A caller that pauses between its read and its write, or whose clock is wrong, may write late. */
const lateWriters: ReadonlySet<string> = new Set(["slow", "skew"]);

export const heldLaws = {
  *"nobody takes a step while the journey is held"({ life, ledger }: FaultWorld): Iterable<string> {
    if (!life.faults.some(({ kind }) => lateWriters.has(kind))) yield* ledger.stepsWhileHeld;
  },

  *"nobody is thrown out of a journey that was never stopped"({ life, store }: FaultWorld): Iterable<string> {
    const stopped = new Set(
      life.scenario.edits?.flatMap(({ journey }) => (journey?.status === "stopped" ? [journey.id] : [])),
    );
    for (const { enrollments } of store.all())
      for (const { enrollmentId, journeyId, reason } of enrollments.values())
        if (reason === "journey-stopped" && !stopped.has(journeyId)) yield enrollmentId;
  },
};

/** A parked customer waits for the end of the hold, however long it takes. */
export function isParked({ parked, journeyId }: Enrollment, { journeys }: FaultWorld): boolean {
  const live = [...journeys.all()].find(({ journey }) => journey.id === journeyId);
  return parked !== undefined && live?.journey.status === "held";
}
