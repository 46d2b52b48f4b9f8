/** `journeys show ID`: the saved document and the live version of a journey, or a saved template. */

import { documentText } from "../../../insight/documents/document-text.ts";
import { startText } from "../../../insight/words/captions.ts";
import { conditionText } from "../../../insight/words/condition-text.ts";
import { nextRuns } from "../../../insight/words/next-runs.ts";
import { progressLines } from "../../../insight/words/status-progress.ts";
import type { Hold } from "../../../lambdas/domain/counters/breaker.ts";
import type { LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { StatusProgressItem } from "../../../lambdas/domain/journey/status-work.ts";
import type { Time } from "../../../lambdas/domain/time/time.ts";
import { noJourney } from "../../../stack/deployed/journey.ts";
import { publicationOf } from "../../../stack/journeys/listed-templates.ts";
import { runText, type ShownRun, shownRuns } from "../../../stack/journeys/run-text.ts";
import type { Item, Stack, StoredJourney } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";
import { LABEL, showEdit } from "../../terminal/show-edit.ts";

export const showCommand: CliCommand = {
  options: [["--version <number>", "the document of this version"], stackOption, jsonOption],
  notes:
    "--json prints the saved document as document, with the outcome of its publication, and the progress of a\nstop or a release; with --version, the frozen document.",
  example: "journeys show abandoned-cart --version 2",
  run: withStack((stack, { operands: [id = ""], options: { json, version } }, io) =>
    version === undefined
      ? show(id, { json: json === true }, stack, io)
      : showVersion(id, numberOf(version), { json: json === true }, stack, io),
  ),
};

async function show(id: string, { json }: { json: boolean }, stack: Stack, io: Io): Promise<ExitCode> {
  const [saved, live] = await Promise.all([stack.journey(id), stack.ports.journeys.live(id)]);
  if (!saved && !live) {
    const template = await stack.template(id);
    if (!template) throw await noJourney(id, stack);
    return showTemplate(template, json, io);
  }
  const progress = await stack.statusProgress(id);
  const runs = (await shownRuns(id, stack)).filter(({ state }) => state === "under-way");
  const now = stack.ports.clock.now();
  const next = live?.journey.status === "active" ? nextRuns(live.journey, now).map(({ at }) => at) : [];
  const more = { ...(progress.length > 0 && { progress }), ...(next.length > 0 && { nextRuns: next }) };
  if (json) io.out(JSON.stringify({ ok: true, document: saved ?? live?.journey, ...more }));
  else
    showJourney(
      id,
      saved,
      live,
      { counts: await stack.counts(id), held: await stack.held(id), progress, runs, now },
      io,
    );
  return 0;
}

/** Templates have no numbered versions. The live text is the last one that was published. */
function showTemplate(document: Item, json: boolean, io: Io): ExitCode {
  if (json) io.out(JSON.stringify({ ok: true, document }));
  else {
    const { publication: _, ...text } = document;
    io.out(documentText(text).trimEnd());
    showEdit(publicationOf(document), io);
    if (publicationOf(document)?.state === "rejected") io.out("  The last good text, if there is one, stays live.");
  }
  return 0;
}

async function showVersion(
  id: string,
  version: number,
  { json }: { json: boolean },
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  const document = await stack.version(id, version);
  if (!document) {
    const newest = await stack.ports.journeys.newest(id);
    if (!newest) throw await noJourney(id, stack);
    throw new UsageError(`"${id}" has no version ${version}: its newest is ${newest.version}.`);
  }
  io.out(json ? JSON.stringify({ ok: true, document }) : documentText(document).trimEnd());
  return 0;
}

function numberOf(version: string | boolean): number {
  const [, digits] = /^v?([1-9]\d{0,8})$/.exec(String(version)) ?? [];
  if (digits === undefined) throw new UsageError(`--version takes the number of a version, not "${version}".`);
  return Number(digits);
}

function showJourney(
  id: string,
  saved: StoredJourney | undefined,
  live: LiveJourney | undefined,
  {
    counts,
    held,
    progress,
    runs,
    now,
  }: {
    counts: Readonly<Record<string, number>>;
    held: Hold | undefined;
    progress: readonly StatusProgressItem[];
    runs: readonly ShownRun[];
    now: Time;
  },
  io: Io,
): void {
  const line = (name: string, text: string) => io.out(`  ${io.style("dim", name.padEnd(LABEL))} ${text}`);
  io.out(`${io.style("bold", String(live?.journey.name ?? saved?.name ?? id))} (${id})`);
  const status = live?.journey.status ?? "draft";
  line("status", io.style(status === "active" ? "green" : "yellow", status));
  if (held)
    line("breaker", io.style("red", `open since ${held.at}: ${held.reports} ${held.kind} of ${held.sent} messages`));
  line("version", live && live.version > 0 ? `${live.version} is live` : "no version was ever live");
  if (live) line("enters", trigger(live));
  line("inside", `${counts.active ?? 0} of ${counts.entered ?? 0} who entered`);
  const next = live && status === "active" ? nextRuns(live.journey, now) : [];
  if (next.length > 0) line("next runs", next.map(({ text }) => text).join(", "));
  for (const run of runs) line("run", `${run.runId}: ${runText(run)}`);
  for (const { work, text } of progressLines(progress, status, counts.active ?? 0)) line(work, text);
  if (saved) showEdit(saved.publication, io);
  else line("last edit", io.style("yellow", "the document was deleted; the live version stays live"));
}

function trigger({ journey }: LiveJourney): string {
  const { event, where, audience, schedule, date, entry = "once" } = journey.trigger;
  return [
    schedule || date || event === undefined ? startText(journey.trigger) : `on ${event}`,
    ...(where ? [`where ${conditionText(where)}`] : []),
    ...(audience ? [`for ${conditionText(audience)}`] : []),
    typeof entry === "string" ? entry : JSON.stringify(entry),
  ].join(", ");
}
