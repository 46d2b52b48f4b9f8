/**
 * Publishes a journey that an admin has saved. A document without problems becomes a numbered version and goes live.
 * A document with problems changes only the live status, and only to `paused`, `held` or `stopped`, so that a journey
 * stops although its document has problems. The problems are written back into the document.
 *
 * Every step may run twice: the stream delivers a record again after a crash.
 */

import { checkJourney } from "../../domain/checks/check-journey.ts";
import { classesOf } from "../../domain/checks/check-limits.ts";
import { withModel } from "../../domain/checks/check-model.ts";
import { namedTemplates } from "../../domain/checks/check-references.ts";
import { channelsOf } from "../../domain/checks/check-statuses.ts";
import { variablesOf } from "../../domain/checks/check-variables.ts";
import { members } from "../../domain/documents/unchecked-document.ts";
import { extendsGoals } from "../../domain/enrollment/closed.ts";
import { awaitedOf, type LiveJourney } from "../../domain/journey/catalog.ts";
import { changedRules } from "../../domain/journey/changed-rules.ts";
import { appliedAlone, type Journey, type JourneyStatus } from "../../domain/journey/journey.ts";
import { nextOccurrence } from "../../domain/schedule/occurrence.ts";
import { namedSegments } from "../../domain/segments/named-segments.ts";
import { justBefore, minus, type Time } from "../../domain/time/time.ts";
import { composedTemplate } from "../messages/composed-template.ts";
import type { Ports } from "../ports.ts";
import type { Publication } from "../publication.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { gated } from "./gated.ts";
import { content } from "./journey-content.ts";

export type PublishPorts = Pick<
  Ports,
  | "clock"
  | "store"
  | "journeys"
  | "publishing"
  | "templates"
  | "waiting"
  | "segments"
  | "statusTasks"
  | "schedules"
  | "gate"
>;

/**
 * `order`: the place of this save among the saves of the document. If the next audience run cannot be scheduled, the
 * outcome says so, and the error is thrown, so that the save is published again.
 */
export async function publishJourney(
  journeyId: string,
  document: unknown,
  ports: PublishPorts,
  order?: string,
): Promise<Publication> {
  try {
    return await publishAndArm(journeyId, document, ports, order);
  } catch (error) {
    if (!(error instanceof NotScheduledError)) throw error;
    const version = (await ports.journeys.live(journeyId))?.version ?? 0;
    const problems = [{ path: "trigger", code: "not-scheduled", message: error.message }];
    const rejected: Publication = { state: "rejected", version, at: ports.clock.now(), problems };
    await ports.publishing.publish(journeyId, undefined, rejected, { document, order });
    throw error;
  }
}

class NotScheduledError extends Error {
  override name = "NotScheduledError";
}

async function publishAndArm(
  journeyId: string,
  document: unknown,
  ports: PublishPorts,
  order?: string,
): Promise<Publication> {
  const { journeys, publishing, templates, segments, clock } = ports;
  const named = namedTemplates(document);
  const known = await templates.known(named);
  const texts: unknown[] = [];
  for (const id of named) if (known.has(id)) texts.push(await composedTemplate(id, ports));
  const usable = namedSegments(document).length > 0 ? await segments.all() : new Map();
  const found = checkJourney(document, known, variablesOf(texts), channelsOf(texts), usable);
  const checked = await gated(withModel(found, classesOf(texts), usable), ports);
  const before = await journeys.live(journeyId);
  const at = clock.now();
  const save = { document, order };
  if ("problems" in checked) {
    const rejected: Publication = { state: "rejected", version: before?.version ?? 0, at, problems: checked.problems };
    const status = statusThatApplies(document, before);
    const live = before &&
      status && {
        ...before,
        ...statusBefore(status, before),
        ...lastStop(status, before, at),
        journey: { ...before.journey, status },
      };
    const applied = await publishing.publish(journeyId, live, rejected, save);
    if (applied && live && status !== undefined) {
      await applyStatus(journeyId, status, ports);
      await arm(live.journey, before, at, ports);
    }
    return rejected;
  }
  const journey = checked.value;
  if (journey.status === "draft") {
    // A draft is never live. If the journey was live before, no customer enters any more, and customers inside go on.
    const version = before?.version ?? 0;
    const kept = before && version > 0 ? { ...before.journey, status: "draft" as const } : journey;
    const draft: Publication = { state: "draft", version, at, problems: checked.warnings };
    const isLive = await publishing.publish(journeyId, { ...before, version, journey: kept }, draft, save);
    if (isLive && version > 0) await applyStatus(journeyId, "draft", ports);
    if (isLive) await arm(kept, before, at, ports);
    return draft;
  }
  const version = await freeze(journey, ports);
  const published: Publication = { state: "published", version, at, problems: checked.warnings };
  const awaited = awaitedOf({ ...before, journey });
  const { status } = journey;
  const changes = {
    ...statusBefore(status, before),
    ...lastStop(status, before, at),
    ...goalsChange(journey, before, at),
  };
  const live = { version, journey, awaited, ...changes };
  // Before the rules go live, so that a call that dies in between leaves the tasks, or is repeated with the same rules.
  const rules = before && before.version > 0 ? changedRules(before.journey, journey) : [];
  if (rules.length > 0) await ports.statusTasks.begin(journeyId, "recheck", at, rules);
  const isLive = await publishing.publish(journeyId, live, published, save);
  if (isLive) {
    await applyStatus(journeyId, journey.status, ports);
    await arm(journey, before, at, ports);
  }
  return published;
}

/** The next audience run of an active journey is planned anew; the planned run of any other journey is removed. */
async function arm(
  journey: Journey,
  before: LiveJourney | undefined,
  now: Time,
  { schedules }: Pick<Ports, "schedules">,
): Promise<void> {
  if (!startsRuns(journey) && !(before && startsRuns(before.journey))) return;
  const next = journey.status === "active" ? nextOccurrence(journey, justBefore(now)) : undefined;
  if (mayBeStarting(journey, before, now)) return;
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

/**
 * The status of a document with problems, if this status takes effect although the document is rejected. A draft that
 * was never live has no version.
 */
function statusThatApplies(document: unknown, before: LiveJourney | undefined): JourneyStatus | undefined {
  const { status } = members(document);
  return before !== undefined && before.version > 0 ? appliedAlone.find((each) => each === status) : undefined;
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

/**
 * What a status means for the customers inside. This work is repeated at every save, because an earlier call may have
 * died halfway. The customers who are released are read from an index that may be some seconds old; the reconciler
 * releases the others.
 */
async function applyStatus(journeyId: string, status: JourneyStatus, ports: PublishPorts): Promise<void> {
  const { store, statusTasks, clock } = ports;
  if (status === "stopped") return statusTasks.begin(journeyId, "stop", clock.now());
  if (status === "held") return;
  for await (const _ of store.parked(journeyId)) return statusTasks.begin(journeyId, "release", clock.now());
}

/** Returns the number of the version with this content. If the newest version differs, stores a new version. */
function freeze(journey: Journey, { journeys, publishing }: Pick<Ports, "journeys" | "publishing">): Promise<number> {
  return retryOnConflict(async () => {
    const newest = await journeys.newest(journey.id);
    if (newest && content(newest.journey) === content(journey)) return newest.version;
    const version = (newest?.version ?? 0) + 1;
    await publishing.freeze(journey, version);
    return version;
  });
}
