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
import type { Problem } from "../../domain/documents/problem.ts";
import { members } from "../../domain/documents/unchecked-document.ts";
import { awaitedOf, type LiveJourney } from "../../domain/journey/catalog.ts";
import { changedRules } from "../../domain/journey/changed-rules.ts";
import { appliedAlone, type Journey, type JourneyStatus } from "../../domain/journey/journey.ts";
import { namedSegments } from "../../domain/segments/named-segments.ts";
import type { Time } from "../../domain/time/time.ts";
import { composedTemplate } from "../messages/composed-template.ts";
import type { Ports } from "../ports.ts";
import type { Publication, Save } from "../publication.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { armSchedule, NotScheduledError } from "./arm-schedule.ts";
import { gated } from "./gated.ts";
import { content } from "./journey-content.ts";
import { liveHistory } from "./live-history.ts";

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

async function publishAndArm(
  journeyId: string,
  document: unknown,
  ports: PublishPorts,
  order?: string,
): Promise<Publication> {
  const checked = await checkedJourney(document, ports);
  const before = await ports.journeys.live(journeyId);
  const save: JourneySave = { journeyId, document, order, before, at: ports.clock.now() };
  if ("problems" in checked) return reject(checked.problems, save, ports);
  const { value: journey, warnings } = checked;
  return journey.status === "draft"
    ? keepDraft(journey, warnings, save, ports)
    : goLive(journey, warnings, save, ports);
}

interface JourneySave extends Save {
  readonly journeyId: string;
  /** What was live until this save. */
  readonly before: LiveJourney | undefined;
  readonly at: Time;
}

/** Checks the document with the templates and segments that it names, and runs its tests if the stack requires them. */
async function checkedJourney(document: unknown, ports: PublishPorts) {
  const { templates, segments } = ports;
  const named = namedTemplates(document);
  const known = await templates.known(named);
  const texts: unknown[] = [];
  for (const id of named) if (known.has(id)) texts.push(await composedTemplate(id, ports));
  const usable = namedSegments(document).length > 0 ? await segments.all() : new Map();
  const found = checkJourney(document, known, variablesOf(texts), channelsOf(texts), usable);
  return gated(withModel(found, classesOf(texts), usable), ports);
}

/** The document has problems. Only its status may become live. */
async function reject(problems: readonly Problem[], save: JourneySave, ports: PublishPorts): Promise<Publication> {
  const { journeyId, document, before, at } = save;
  const rejected: Publication = { state: "rejected", version: before?.version ?? 0, at, problems };
  const status = statusThatApplies(document, before);
  const live = before &&
    status && {
      ...before,
      ...liveHistory({ ...before.journey, status }, before, at),
      journey: { ...before.journey, status },
    };
  const applied = await ports.publishing.publish(journeyId, live, rejected, save);
  if (applied && live && status !== undefined) {
    await applyStatus(journeyId, status, ports);
    await armSchedule(live.journey, before, at, ports);
  }
  return rejected;
}

/** A draft is never live. If the journey was live before, no customer enters any more, and customers inside go on. */
async function keepDraft(
  journey: Journey,
  warnings: readonly Problem[],
  save: JourneySave,
  ports: PublishPorts,
): Promise<Publication> {
  const { journeyId, before, at } = save;
  const version = before?.version ?? 0;
  const kept = before && version > 0 ? { ...before.journey, status: "draft" as const } : journey;
  const draft: Publication = { state: "draft", version, at, problems: warnings };
  const isLive = await ports.publishing.publish(journeyId, { ...before, version, journey: kept }, draft, save);
  if (isLive && version > 0) await applyStatus(journeyId, "draft", ports);
  if (isLive) await armSchedule(kept, before, at, ports);
  return draft;
}

async function goLive(
  journey: Journey,
  warnings: readonly Problem[],
  save: JourneySave,
  ports: PublishPorts,
): Promise<Publication> {
  const { journeyId, before, at } = save;
  const version = await freeze(journey, ports);
  const published: Publication = { state: "published", version, at, problems: warnings };
  const awaited = awaitedOf({ ...before, journey });
  const live = { version, journey, awaited, ...liveHistory(journey, before, at) };
  // Before the rules go live, so that a call that dies in between leaves the tasks, or is repeated with the same rules.
  const rules = before && before.version > 0 ? changedRules(before.journey, journey) : [];
  if (rules.length > 0) await ports.statusTasks.begin(journeyId, "recheck", at, rules);
  const isLive = await ports.publishing.publish(journeyId, live, published, save);
  if (isLive) {
    await applyStatus(journeyId, journey.status, ports);
    await armSchedule(journey, before, at, ports);
  }
  return published;
}

/**
 * The status of a document with problems, if this status takes effect although the document is rejected. A draft that
 * was never live has no version.
 */
function statusThatApplies(document: unknown, before: LiveJourney | undefined): JourneyStatus | undefined {
  const { status } = members(document);
  return before !== undefined && before.version > 0 ? appliedAlone.find((each) => each === status) : undefined;
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
