/**
 * `journeys pause ID`, `resume ID`, `stop ID`: whether customers enter a journey, and whether customers inside
 * continue.
 */

import { count, insideDo } from "../../../insight/words/count.ts";
import { releaseMarketing } from "../../../lambdas/app/messages/release-marketing.ts";
import { appliedAlone, type JourneyStatus } from "../../../lambdas/domain/journey/journey.ts";
import { noJourney } from "../../../stack/deployed/journey.ts";
import type { Outcome } from "../../../stack/deployed/saving.ts";
import { statusAfter, type StatusVerb as Verb } from "../../../stack/journeys/status-after.ts";
import type { Item, Stack, StoredJourney } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { confirmStop } from "../../set-status/confirm-stop.ts";
import { waitUntilEmpty } from "../../set-status/wait-until-empty.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";
import { showProblems } from "../../terminal/show-problems.ts";
import { outcomeText } from "../documents/publish.ts";

/** The consequence of a status for customers, with the number of customers inside. */
const meanings: Readonly<Record<JourneyStatus, (inside: number) => string>> = {
  draft: (inside) => `No customer enters; ${insideDo(inside, "continue")}.`,
  active: (inside) => `Customers enter; ${count(inside, "customer")} inside.`,
  paused: (inside) => `No customer enters any more; ${insideDo(inside, "continue")}.`,
  held: (inside) => `No customer enters, and ${insideDo(inside, "stay")} where they are.`,
  stopped: (inside) => `No customer enters any more; ${insideDo(inside, "exit")}.`,
};

const notes: Readonly<Record<Verb, string>> = {
  pause: "",
  hold: "Waits, exit rules, goals and message statuses go on. A customer whose wait ends stays there until journeys resume, which\nrestores the earlier status. A message that is already being sent is completed.\n",
  resume:
    "Customers who exited because of a stop do not return. --breaker closes the circuit breaker, which is open because of\nbounces or complaints, and leaves the status as it is.\n",
  stop: "After some seconds the stop is live and no message is sent any more. The command then waits until no customer is inside;\n--no-wait does not wait. If customers are inside, the command asks first; a script confirms with --yes. Exit code 1 when customers are still inside after 15 minutes.\n",
};

const live = ["--live", "use the live version and discard the last edit, which was rejected"] as const;
const breaker = ["--breaker", "close the circuit breaker: marketing messages of the journey are sent again"] as const;
const yes = ["--yes", "confirm; customers who exit do not return"] as const;
const noWait = ["--no-wait", "do not wait until no customer is inside"] as const;

const commandOf = (verb: Verb): CliCommand => ({
  options: [
    live,
    ...(verb === "stop" ? [yes, noWait] : []),
    ...(verb === "resume" ? [breaker] : []),
    stackOption,
    jsonOption,
  ],
  notes: `${notes[verb]}Changes the status of the saved document and waits for the outcome.`,
  example: `journeys ${verb} abandoned-cart`,
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    options.breaker === true
      ? closeBreaker(id, options.json === true, stack, io)
      : setStatus(
          verb,
          id,
          {
            json: options.json === true,
            live: options.live === true,
            wait: options.wait !== false,
            yes: options.yes === true,
          },
          stack,
          io,
        ),
  ),
});

export const pauseCommand = commandOf("pause");
export const holdCommand = commandOf("hold");
export const resumeCommand = commandOf("resume");
export const stopCommand = commandOf("stop");

interface Options {
  readonly json: boolean;
  readonly live: boolean;
  readonly wait: boolean;
  readonly yes: boolean;
}

async function setStatus(verb: Verb, id: string, options: Options, stack: Stack, io: Io): Promise<ExitCode> {
  const { settled } = await import("../../../stack/deployed/saving.ts");
  const before = await settled(stack, id);
  if (!before) throw await noJourney(id, stack);
  const status = await statusAfter(verb, id, stack);
  const inside = (await stack.counts(id)).active ?? 0;
  if (verb === "stop" && before.status !== "stopped" && !(await confirmStop(id, inside, options, io))) return 1;
  const outcome = await saved(verb, status, before, options, inside, stack);
  // The status takes effect by itself, even where the rest of the document is rejected.
  const applies = outcome.state === "rejected" && appliedAlone.includes(status) && (outcome.version ?? 0) > 0;
  const fine = outcome.problems.length === 0 || applies;
  if (!options.json && fine) {
    const already = outcome.state === "unchanged" ? " already" : "";
    io.out(`${io.style("green", "✓")} ${id} is ${status}${already}. ${meanings[status](inside)}`);
    if (applies) io.out(`  The rest of the document is still rejected; journeys show ${id} lists its problems.`);
  } else if (!options.json)
    showProblems(`${id} ${outcomeText[outcome.state](outcome.version ?? 0)}`, outcome.problems, io);
  const left = fine && verb === "stop" && options.wait ? await waitUntilEmpty(id, stack, io) : undefined;
  if (options.json)
    io.out(
      JSON.stringify({
        ok: fine && (left ?? 0) === 0,
        journeyId: id,
        status,
        ...outcome,
        inside,
        ...(left !== undefined && { insideNow: left }),
      }),
    );
  else if (left === 0) io.out("  No customer is inside any more.");
  else if (left)
    io.out(`  ${count(left, "customer")} still inside. The stack continues; journeys show ${id} shows the progress.`);
  return fine && (left ?? 0) === 0 ? 0 : 1;
}

async function saved(
  verb: Verb,
  status: JourneyStatus,
  before: StoredJourney,
  options: Options,
  inside: number,
  stack: Stack,
): Promise<Outcome> {
  const { saveJourney, saveStatus } = await import("../../../stack/deployed/saving.ts");
  const { id, publication } = before;
  const appliesAlone = appliedAlone.includes(status) && publication !== undefined && publication.version > 0;
  if (publication?.state === "rejected" && (options.live || !appliesAlone)) {
    if (!options.live || publication.version === 0) throw rejectedEdit(verb, id, publication.version);
    const frozen = await stack.version(id, publication.version);
    return saveJourney(stack, { ...(frozen as Item), status });
  }
  if (publication?.state === "draft" && (verb !== "stop" || publication.version === 0))
    throw new UsageError(
      `"${id}" is a draft: no customer enters it. Set its status to "active" in its file and run journeys publish FILE.`,
    );
  // A stop is not complete while customers are inside: it is done again.
  const isDone = publication?.state !== "rejected" && before.status === status && !(verb === "stop" && inside > 0);
  if (isDone && publication) return { state: "unchanged", version: publication.version, problems: [] };
  return saveStatus(stack, before, status);
}

function rejectedEdit(verb: Verb, id: string, version: number): UsageError {
  const why = `The last edit of "${id}" was rejected, so it cannot become live. journeys show ${id} lists its problems.`;
  return new UsageError(
    version === 0
      ? `${why} No version is live, so there is nothing to ${verb}.`
      : `${why} Fix the document and publish it, or run journeys ${verb} ${id} --live, which ${verb}s version ${version} and discards the edit.`,
  );
}

async function closeBreaker(id: string, json: boolean, stack: Stack, io: Io): Promise<ExitCode> {
  if (!(await stack.journey(id)) && !(await stack.ports.journeys.live(id))) throw await noJourney(id, stack);
  const held = await releaseMarketing(id, stack.ports);
  if (json) io.out(JSON.stringify({ ok: true, journeyId: id, ...(held && { held }) }));
  else if (held)
    io.out(
      `${io.style("green", "✓")} The circuit breaker of ${id} is closed. It was open since ${held.at}. Waiting customers retry within an hour.`,
    );
  else io.out(`The circuit breaker of ${id} was not open.`);
  return 0;
}
