/** Runs a scenario on a virtual clock, through the use cases and the interpreter that production runs. */

import { publishJourney } from "../lambdas/app/publish/publish-journey.ts";
import { publishSegment } from "../lambdas/app/publish/publish-segment.ts";
import { publishTemplate } from "../lambdas/app/publish/publish-template.ts";
import { audienceProblems } from "../lambdas/domain/checks/check-conditions.ts";
import { checkShared, checkTemplate } from "../lambdas/domain/checks/check-journey.ts";
import { checkSegment } from "../lambdas/domain/checks/check-segment.ts";
import { dataNamesOf } from "../lambdas/domain/checks/check-variables.ts";
import { unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../lambdas/domain/customer/merge-changes.ts";
import { isError, type Problem } from "../lambdas/domain/documents/problem.ts";
import { members } from "../lambdas/domain/documents/unchecked-document.ts";
import { isSharedKind, sharedTextsOf } from "../lambdas/domain/messages/shared-text.ts";
import { segmentsAmong } from "../lambdas/domain/segments/segment.ts";
import { EPOCH, plus, type Time, toTime } from "../lambdas/domain/time/time.ts";
import type { JsonObject } from "../lambdas/domain/values/json.ts";
import { onlyOccurrence } from "./audience-runs.ts";
import { checkSplits } from "./check-splits.ts";
import { type Instruments, noInstruments } from "./instruments.ts";
import type { MemoryStore } from "./memory-store.ts";
import { aimOf, type Scenario } from "./scenario.ts";
import { summaryOf } from "./summary.ts";
import type { Summary, TimelineLine } from "./timeline.ts";
import { World } from "./world.ts";

/** Without `until`, the simulation ends this long after the last event, status or edit of the scenario. */
const FOLLOWED = "P366D";

export interface Simulation {
  readonly summary: Summary;
  /** Parts of the scenario that had no effect, such as a status of a message that was never sent. */
  readonly warnings: readonly string[];
  readonly store: MemoryStore;
}

export type SimulationResult = Simulation | { readonly problems: readonly Problem[] };

/** Calls `print` with each line at its time. A scenario whose documents have problems does not run. */
export async function simulate(
  scenario: Scenario,
  print: (line: TimelineLine) => void,
  instruments: Instruments = noInstruments,
): Promise<SimulationResult> {
  const { limits, splits } = scenario;
  const moments = momentsOf(scenario).sort();
  const last = moments.at(-1) ?? "2026-01-01T00:00:00.000Z";
  const world = new World({ start: moments[0] ?? last, limits, splits, print, instruments });
  const problems = [...(await publishAll(scenario, world)), ...checkSplits(scenario)];
  if (problems.length > 0) return { problems };
  plan(scenario, world);
  await world.clock.run(toTime(scenario.until) ?? plus(last, FOLLOWED));
  const { warnings, store, journeys, messages } = world;
  const summary = summaryOf(store, journeys.all(), messages);
  return { summary, warnings: [...warnings, ...world.splits.unused()], store };
}

/** The moments that the scenario names. The first of these moments is the start of time. */
function momentsOf({ journeys = [], events = [], statuses = [], edits = [], entries = [] }: Scenario): Time[] {
  const named = [...events, ...statuses, ...edits, ...entries].map(({ at }) => toTime(at) as Time);
  return [...named, ...journeys.flatMap((document) => onlyOccurrence(document) ?? [])];
}

/** Publishes the documents of a scenario and stores its customers. Returns the errors. */
export async function publishAll(
  { journeys = [], templates = [], segments = [], customers = [], entries = [] }: Scenario,
  world: World,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const refuse = (place: string, found: readonly Problem[]) =>
    problems.push(
      ...found.map((problem) => ({ ...problem, path: problem.path === "" ? place : `${place}.${problem.path}` })),
    );
  const given = dataNamesOf(journeys);
  const shared = sharedTextsOf(templates);
  for (const [index, document] of templates.entries()) {
    const { id, kind } = members(document);
    const checked = isSharedKind(kind)
      ? checkShared(document, shared)
      : checkTemplate(document, given.get(String(id)), shared);
    if ("problems" in checked) refuse(`templates[${index}]`, checked.problems);
    else
      await world.templates.publish(checked.value.id, checked.value, { state: "published", at: EPOCH, problems: [] });
  }
  for (const [index, problems] of (await publishSegments(segments, world)).entries())
    refuse(`segments[${index}]`, problems);
  const live = await world.ports.segments.all();
  for (const [index, { audience }] of entries.entries())
    refuse(`entries[${index}]`, audience ? audienceProblems(audience, live, ["audience"]) : []);
  for (const [index, document] of journeys.entries()) {
    const { problems } = await publishJourney(String(document.id), document, world.ports);
    refuse(`journeys[${index}]`, problems.filter(isError));
  }
  for (const { customerId, ...attributes } of customers) {
    world.warnOfUnusable(`customer "${customerId}"`, attributes as JsonObject);
    const unknown = unknownCustomer(customerId as string);
    world.store.seed({ ...mergeChanges(unknown, attributes as JsonObject, EPOCH, 0), revision: 1 });
  }
  return problems;
}

/** Segments may name each other in any order: each is checked with all of them. Returns the errors of each. */
async function publishSegments(
  documents: readonly Readonly<Record<string, unknown>>[],
  { ports }: World,
): Promise<Problem[][]> {
  const all = segmentsAmong(documents);
  const problems: Problem[][] = [];
  for (const document of documents) {
    const checked = checkSegment(document, all);
    problems.push("problems" in checked ? checked.problems.filter(isError) : []);
    if ("value" in checked)
      await ports.segments.publish(checked.value.id, checked.value, { state: "published", at: EPOCH, problems: [] });
  }
  return problems;
}

function plan({ events = [], statuses = [], edits = [], entries = [] }: Scenario, world: World): void {
  const planned = (at: string, run: () => Promise<void>) => world.clock.plan(toTime(at) as Time, "world", run);
  for (const { at, journey, template, segment } of edits)
    planned(at, () => {
      if (journey) return edit(journey, world);
      return segment ? editShared(segment, publishSegment, world) : editShared(template, publishTemplate, world);
    });
  for (const { at, event, ...detail } of events)
    planned(at, async () => void (await world.deliver("simulator", event, toTime(at) as Time, detail)));
  for (const status of statuses) planned(status.at, () => world.report(status));
  for (const entry of entries)
    planned(entry.at, () => world.runs.start({ journeyId: entry.journey, aim: aimOf(entry) }));
}

async function edit(document: Readonly<Record<string, unknown>>, world: World): Promise<void> {
  const { state, problems } = await publishJourney(String(document.id), document, world.ports);
  if (state === "rejected")
    for (const { path, message } of problems)
      world.warn(`the edit of "${document.id}" was rejected: ${path}: ${message}`);
}

/** An edit of a template or segment. */
async function editShared(
  document: unknown,
  publish: typeof publishTemplate | typeof publishSegment,
  world: World,
): Promise<void> {
  const { state, problems = [] } = (await publish({ document: members(document) }, world.ports)) ?? {};
  if (state === "rejected")
    for (const { path, message } of problems)
      world.warn(`the edit of "${members(document).id}" was rejected: ${path}: ${message}`);
}
