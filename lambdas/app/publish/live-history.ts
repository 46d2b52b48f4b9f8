/** What is stored with a live journey about its earlier saves, because the journey itself no longer says it. */
import { extendsGoals } from "../../domain/enrollment/closed.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { Journey, JourneyStatus } from "../../domain/journey/journey.ts";
import type { Time } from "../../domain/time/time.ts";

type LiveHistory = Pick<LiveJourney, "beforeHold" | "stoppedAt" | "goalsChangedAt">;

/** `before`: what was live until this save. */
export function liveHistory(journey: Journey, before: LiveJourney | undefined, now: Time): LiveHistory {
  const { status } = journey;
  return { ...statusBefore(status, before), ...lastStop(status, before, now), ...goalsChange(journey, before, now) };
}

/** The status to restore when the journey is not held any more. */
function statusBefore(status: JourneyStatus, before: LiveJourney | undefined): { beforeHold?: JourneyStatus } {
  if (status !== "held" || before === undefined) return {};
  const beforeHold = before.journey.status === "held" ? before.beforeHold : before.journey.status;
  return beforeHold === undefined ? {} : { beforeHold };
}

/** A later status does not undo a stop: customers who were inside still exit. */
function lastStop(status: JourneyStatus, before: LiveJourney | undefined, now: Time): { stoppedAt?: Time } {
  const stoppedAt = status === "stopped" ? now : before?.stoppedAt;
  return stoppedAt === undefined ? {} : { stoppedAt };
}

/** When goals last began to count for longer. For the first version, no customer can have left before. */
function goalsChange(journey: Journey, before: LiveJourney | undefined, now: Time): { goalsChangedAt?: Time } {
  const isFirst = before === undefined || before.version === 0;
  const goalsChangedAt = !isFirst && extendsGoals(before.journey, journey) ? now : before?.goalsChangedAt;
  return goalsChangedAt === undefined ? {} : { goalsChangedAt };
}
