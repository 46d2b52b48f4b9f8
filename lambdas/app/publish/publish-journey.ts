/**
 * Publishes a journey that an admin has saved. A document without problems becomes a numbered version and goes live.
 * A document with problems changes nothing that is live; the problems are written back into it.
 *
 * Every step may run twice: the stream delivers a record again after a crash.
 */

import { checkJourney } from "../../domain/checks/check-journey.ts";
import { namedTemplates } from "../../domain/checks/check-references.ts";
import { variablesOf } from "../../domain/checks/check-variables.ts";
import { awaitedOf } from "../../domain/journey/catalog.ts";
import { type Journey, unversioned } from "../../domain/journey/journey.ts";
import { canonical, type Json } from "../../domain/values/json.ts";
import { stopJourney } from "../exits/stop-journey.ts";
import type { Ports, Publication } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

type PublishPorts = Pick<Ports, "clock" | "store" | "journeys" | "templates" | "executions">;

export async function publishJourney(journeyId: string, document: unknown, ports: PublishPorts): Promise<Publication> {
  const { journeys, templates, clock } = ports;
  const named = namedTemplates(document);
  const known = await templates.known(named);
  const texts: unknown[] = [];
  for (const id of named) if (known.has(id)) texts.push(await templates.get(id));
  const checked = checkJourney(document, known, variablesOf(texts));
  const before = await journeys.live(journeyId);
  const at = clock.now();
  if ("problems" in checked) {
    const rejected: Publication = { state: "rejected", version: before?.version ?? 0, at, problems: checked.problems };
    await journeys.publish(journeyId, before, rejected);
    return rejected;
  }
  const journey = checked.value;
  if (journey.status === "draft") {
    // A draft is never live. If the journey was live before, no customer enters any more, and customers inside go on.
    const version = before?.version ?? 0;
    const kept = before && version > 0 ? { ...before.journey, status: "draft" as const } : journey;
    const draft: Publication = { state: "draft", version, at, problems: [] };
    await journeys.publish(journeyId, { ...before, version, journey: kept }, draft);
    return draft;
  }
  const version = await freeze(journey, ports);
  const published: Publication = { state: "published", version, at, problems: [] };
  const awaited = awaitedOf({ ...before, journey });
  await journeys.publish(journeyId, { version, journey, awaited }, published);
  // Also when the journey was stopped before: an earlier call may have died before every customer was out.
  if (journey.status === "stopped") await stopJourney(journeyId, ports);
  return published;
}

/** Returns the number of the version with this content. If the newest version differs, stores a new version. */
function freeze(journey: Journey, { journeys }: Pick<Ports, "journeys">): Promise<number> {
  return retryOnConflict(async () => {
    const newest = await journeys.newest(journey.id);
    if (newest && content(newest.journey) === content(journey)) return newest.version;
    const version = (newest?.version ?? 0) + 1;
    await journeys.freeze(journey, version);
    return version;
  });
}

function content(journey: Journey): string {
  const without: ReadonlySet<string> = new Set(unversioned);
  return canonical(Object.fromEntries(Object.entries(journey).filter(([name]) => !without.has(name))) as Json);
}
