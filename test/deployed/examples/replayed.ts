/**
 * Archives what a scenario did on the deployed stack, and replays it through the live documents, with the command line.
 * The numbers of the replay must be those of the tables.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reason } from "../../../lambdas/app/store.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { plus, type Time, toTime } from "../../../lambdas/domain/time/time.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { recordOf } from "../../../stack/deployed/customer-record.ts";
import type { Running } from "../running.ts";
import { customersOf } from "./customers.ts";

const DAY = 86_400_000;

/** An archive has no edits of documents, and no audience runs that a person started: docs/replay.md says so. */
export const isArchived = ({ edits = [], entries = [] }: Scenario) => edits.length + entries.length === 0;

/**
 * Replays the scenario's customers through their journeys. `changed`: customers whose replayed passage differs from
 * their real passage.
 */
export async function replayThroughItself(scenario: Scenario, run: Running, folder: string) {
  const ids = (scenario.journeys ?? []).map(({ id }) => String(id));
  const drafts = ids.map((id, index) => {
    const file = join(folder, `${id}.json`);
    writeFileSync(file, JSON.stringify(scenario.journeys?.[index]));
    return file;
  });
  const past = await archive(scenario, run, join(folder, "past.jsonl"));
  const { exitCode, out, err } = await run.journeys("replay", ...drafts, "--from", past, "--json");
  if (exitCode !== 0) throw new Error(err || out);
  const { changed, against } = JSON.parse(out.trim().split("\n").at(-1) ?? "");
  return { changed, journeys: Object.fromEntries(ids.map((id) => [id, against.journeys[id] ?? nothing])) };
}

/** The archive of the stack, from the first to the last moment of the scenario, with the scenario's customers only. */
async function archive(scenario: Scenario, run: Running, file: string): Promise<string> {
  const moments = [...(scenario.events ?? []), ...(scenario.statuses ?? [])].map(({ at }) => toTime(at) as Time).sort();
  const [first = "", last = first] = [moments[0], moments.at(-1)];
  const days = Math.ceil((Date.now() - Date.parse(first)) / DAY) + 1;
  const { exitCode, out, err } = await run.journeys("archive", "--last", `P${days}D`, "--attributes");
  if (exitCode !== 0) throw new Error(err);
  const [header = "", ...lines] = out.trim().split("\n");
  const window = { ...JSON.parse(header), from: first, until: toTime(scenario.until) ?? plus(last, "P366D") };
  const own = new Set(customersOf(scenario));
  const kept = lines.filter((line) => own.has(JSON.parse(line).customerId));
  writeFileSync(file, [JSON.stringify(window), ...kept].join("\n"));
  return file;
}

const nothing = {
  entered: 0,
  active: 0,
  completed: 0,
  exited: {},
  failed: {},
  refused: {},
  messages: {},
  skipped: {},
  goals: {},
};

/** The numbers that the replay gives for each journey, counted in the tables of the stack. */
export async function storedNumbers(scenario: Scenario, { stack }: Running) {
  const records = await Promise.all(customersOf(scenario).map(async (id) => recordOf(id, await stack.customer(id))));
  const enrollments = records.flatMap((record) => record.enrollments);
  const reasons = records.flatMap((record) => record.reasons);
  const ids = (scenario.journeys ?? []).map(({ id }) => String(id));
  const of = <T extends { journeyId: string }>(all: readonly T[], id: string) =>
    all.filter(({ journeyId }) => journeyId === id);
  return Object.fromEntries(ids.map((id) => [id, numbersOf(of(enrollments, id), of(reasons, id))]));
}

function numbersOf(enrollments: readonly Enrollment[], reasons: readonly Reason[]): typeof nothing {
  const ended = (status: Enrollment["status"]) => enrollments.filter((each) => each.status === status);
  const reasonsOf = (status: Enrollment["status"]) => counted(ended(status).map(({ reason = "" }) => reason));
  const messages = enrollments.flatMap((each) => each.messages);
  const sent = messages.filter(({ state }) => state !== "skipped");
  return {
    entered: enrollments.length,
    active: ended("active").length,
    completed: ended("completed").length,
    exited: reasonsOf("exited"),
    failed: reasonsOf("failed"),
    // The stack stores an event once, so an archive has no second deliveries.
    refused: counted(reasons.map(({ reason }) => reason).filter((reason) => reason !== "duplicate-event")),
    messages: counted(sent.map(({ componentId }) => componentId)),
    skipped: counted(messages.flatMap(({ state, reason = "" }) => (state === "skipped" ? [reason] : []))),
    goals: counted(enrollments.flatMap(({ goals }) => Object.keys(goals))),
  };
}

const counted = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
