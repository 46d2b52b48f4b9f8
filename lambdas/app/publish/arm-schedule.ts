/** Plans the next audience run of a journey that has been saved, with the scheduler. */
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { nextOccurrence } from "../../domain/schedule/occurrence.ts";
import { justBefore, minus, type Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";

export class NotScheduledError extends Error {
  override name = "NotScheduledError";
}

/** The next audience run of an active journey is planned anew; the planned run of any other journey is removed. */
export async function armSchedule(
  journey: Journey,
  before: LiveJourney | undefined,
  now: Time,
  { schedules }: Pick<Ports, "schedules">,
): Promise<void> {
  if (!startsRuns(journey) && !(before && startsRuns(before.journey))) return;
  if (mayBeStarting(journey, before, now)) return;
  const next = journey.status === "active" ? nextOccurrence(journey, justBefore(now)) : undefined;
  try {
    await schedules.arm(journey.id, next);
  } catch (cause) {
    const message =
      "The journey is live, but its next run could not be scheduled. The stack tries again by itself; if that fails too, publish the journey again.";
    throw new NotScheduledError(message, { cause });
  }
}

/** EventBridge Scheduler starts an occurrence within a minute after its time. */
const STARTS_WITHIN = "PT1M";

/**
 * Whether Scheduler may still start an occurrence of the last minute, which a new schedule would replace. The run of that
 * occurrence schedules the next one. A save that changes the next occurrence replaces the schedule nevertheless.
 */
function mayBeStarting(journey: Journey, before: LiveJourney | undefined, now: Time): boolean {
  if (journey.status !== "active" || before?.journey.status !== "active") return false;
  const since = minus(now, STARTS_WITHIN);
  const due = nextOccurrence(before.journey, since)?.at;
  return (
    due !== undefined &&
    due < now &&
    due === nextOccurrence(journey, since)?.at &&
    nextOccurrence(journey, now)?.at === nextOccurrence(before.journey, now)?.at
  );
}

const startsRuns = ({ trigger }: Journey) => trigger.schedule !== undefined || trigger.date !== undefined;
