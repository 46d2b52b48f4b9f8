/** `journeys pause ID`, `resume ID`, `stop ID`: who may enter, and whether those inside go on. */

import { count } from "../../insight/words/count.ts";
import { releaseMarketing } from "../../lambdas/app/release-marketing.ts";
import type { Hold } from "../../lambdas/domain/breaker.ts";
import { jsonOption, stackOption, withStack } from "../deployed/on-stack.ts";
import type { Outcome } from "../deployed/saving.ts";
import type { DeployedStack, Item, StoredJourney } from "../deployed/stack.ts";
import { untilAllAreOut } from "../set-status/wait-until-empty.ts";
import type { CliCommand } from "../terminal/command.ts";
import { type ExitCode, type Io, UsageError } from "../terminal/io.ts";
import { showProblems } from "../terminal/show-problems.ts";
import { said } from "./publish.ts";
import { noJourney } from "./show.ts";

type Verb = "pause" | "resume" | "stop";

interface StatusChange {
  readonly status: "paused" | "active" | "stopped";
  readonly summary: string;
  readonly notes: string;
  /** What becomes of those inside. */
  readonly meaning: (inside: string) => string;
}

const changes: Readonly<Record<Verb, StatusChange>> = {
  pause: {
    status: "paused",
    summary: "nobody enters the journey any more, those inside go on",
    notes: "",
    meaning: (inside) => `Nobody enters; ${inside} inside go on.`,
  },
  resume: {
    status: "active",
    summary: "customers enter the journey again",
    notes:
      "Those who were taken out by a stop do not come back. Marketing that is held because of bounces or complaints goes out again.\n",
    meaning: (inside) => `Customers enter; ${inside} inside.`,
  },
  stop: {
    status: "stopped",
    summary: "nobody enters, everybody inside exits, and no more messages are sent",
    notes:
      "No message is sent once the stop is live, which takes seconds; the command then waits until everybody is out.\nAsks nothing; --no-wait does not wait. Exit code 1 when somebody is still inside after 15 minutes.\n",
    meaning: (inside) => `Nobody enters; ${inside} inside exit.`,
  },
};

const live = ["--live", "of the version that is live, in place of an edit that was refused"] as const;
const noWait = ["--no-wait", "do not wait until everybody is out"] as const;

const commandOf = (verb: Verb): CliCommand => ({
  usage: `${verb} <id>`,
  summary: changes[verb].summary,
  options: [live, ...(verb === "stop" ? [noWait] : []), stackOption, jsonOption],
  notes: `${changes[verb].notes}Changes the status of the document that is saved, and waits for the outcome.`,
  example: `journeys ${verb} abandoned-cart`,
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    setStatus(
      verb,
      id,
      { json: options.json === true, live: options.live === true, wait: options.wait !== false },
      stack,
      io,
    ),
  ),
});

export const pauseCommand = commandOf("pause");
export const resumeCommand = commandOf("resume");
export const stopCommand = commandOf("stop");

interface Options {
  readonly json: boolean;
  readonly live: boolean;
  readonly wait: boolean;
}

async function setStatus(verb: Verb, id: string, options: Options, stack: DeployedStack, io: Io): Promise<ExitCode> {
  const { settled } = await import("../deployed/saving.ts");
  const { status, meaning } = changes[verb];
  const before = await settled(stack, id);
  if (!before) throw await noJourney(id, stack);
  const inside = (await stack.counts(id)).active ?? 0;
  const outcome = await saved(verb, before, options, inside, stack);
  const fine = outcome.problems.length === 0;
  const held = fine && verb === "resume" ? await released(id, stack) : undefined;
  if (!options.json && fine) {
    const already = outcome.state === "unchanged" ? " already" : "";
    io.out(`${io.style("green", "✓")} ${id} is ${status}${already}. ${meaning(count(inside, "customer"))}`);
    if (held) io.out(`  Its marketing, held since ${held.at}, goes out again: whoever waits looks within the hour.`);
  } else if (!options.json) showProblems(`${id} ${said[outcome.state](outcome.version ?? 0)}`, outcome.problems, io);
  const left = fine && verb === "stop" && options.wait ? await untilAllAreOut(id, stack, io) : undefined;
  if (options.json)
    io.out(
      JSON.stringify({
        id,
        status,
        ...outcome,
        inside,
        ...(held && { held }),
        ...(left !== undefined && { insideNow: left }),
      }),
    );
  else if (left === 0) io.out("  Everybody is out.");
  else if (left) io.out(`  ${count(left, "customer")} still inside. The reconciler goes on; see journeys watch ${id}.`);
  return fine && (left ?? 0) === 0 ? 0 : 1;
}

async function saved(
  verb: Verb,
  before: StoredJourney,
  options: Options,
  inside: number,
  stack: DeployedStack,
): Promise<Outcome> {
  const { saveJourney, saveStatus } = await import("../deployed/saving.ts");
  const { status } = changes[verb];
  const { id, publication } = before;
  if (publication?.state === "rejected") {
    if (!options.live || publication.version === 0) throw refusedEdit(verb, id, publication.version);
    const frozen = await stack.get("JourneysTableName", { id, version: `v${publication.version}` });
    return saveJourney(stack, { ...(frozen as Item), status });
  }
  if (publication?.state === "draft" && (verb !== "stop" || publication.version === 0))
    throw new UsageError(
      `"${id}" is a draft: nobody enters it. Give it the status "active" in its file and say journeys publish FILE.`,
    );
  // A stop that somebody is still inside of has not come to its end: it begins again.
  const isDone = before.status === status && !(verb === "stop" && inside > 0);
  if (isDone && publication) return { state: "unchanged", version: publication.version, problems: [] };
  return saveStatus(stack, before, status);
}

function refusedEdit(verb: Verb, id: string, version: number): UsageError {
  const why = `The last edit of "${id}" was refused (journeys show ${id} says why), so nothing of it can become live.`;
  return new UsageError(
    version === 0
      ? `${why} No version is live: there is nothing to ${verb}.`
      : `${why} Mend it and publish it, or say journeys ${verb} ${id} --live: that ${verb}s version ${version}, and replaces the edit.`,
  );
}

async function released(id: string, stack: DeployedStack): Promise<Hold | undefined> {
  const { portsOf } = await import("../deployed/connect.ts");
  return releaseMarketing(id, portsOf(stack));
}
