/** `journeys why CUSTOMER JOURNEY`: when a customer entered a journey, or why not, in sentences. */

import type { Answer, EntryAttempt } from "../../../insight/entry/answer.ts";
import { causeWithId } from "../../../insight/entry/cause.ts";
import type { LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const whyCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "Reasons are kept for 30 days. The values behind a reason are looked up in the present data, and the answer says so.\nExit code 1 when there is no answer: no trigger event came, or nothing is stored about the customer.",
  example: "journeys why c-42 abandoned-cart",
  run: withStack((stack, { operands: [customerId = "", journeyId = ""], options }, io) =>
    why(customerId, journeyId, { json: options.json === true }, stack, io),
  ),
};

async function why(
  customerId: string,
  journeyId: string,
  { json }: { json: boolean },
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  const [{ liveJourney }, { recordOf }, { answerOf }] = await Promise.all([
    import("../../../stack/deployed/journey.ts"),
    import("../../../stack/deployed/customer-record.ts"),
    import("../../../insight/entry/answer.ts"),
  ]);
  const live = await liveJourney(journeyId, stack);
  const record = recordOf(customerId, await stack.customer(customerId));
  const answer = answerOf(record, live, stack.ports.clock.now());
  const known = answer.attempts.length > 0;
  if (json) io.out(JSON.stringify({ ok: known, customerId, journeyId, ...answer }));
  else show(answer, live, customerId, record.events.length > 0 || record.profile !== undefined, io);
  return known ? 0 : 1;
}

function show(
  { attempts, unanswered, now }: Answer,
  live: LiveJourney,
  customerId: string,
  isKnown: boolean,
  io: Io,
): void {
  const { id, trigger, status } = live.journey;
  const event = trigger.event ?? "a change of the customer";
  io.out(io.style("bold", `${customerId} and ${id} (version ${live.version}, ${status})`));
  if (attempts.length > MOST_SHOWN) io.out(`  … ${attempts.length - MOST_SHOWN} earlier attempts; --json has all.`);
  for (const attempt of attempts.slice(-MOST_SHOWN)) showAttempt(attempt, io);
  for (const { at, eventId } of unanswered.slice(-MOST_SHOWN))
    io.out(
      `  ${at}  ${event} (${eventId}) left no reason: ${live.version === 0 ? "no version of the journey was ever live" : "this event was not the journey's trigger then, or the reason is older than 30 days"}.`,
    );
  if (attempts.length === 0 && unanswered.length === 0)
    io.out(
      isKnown
        ? `  No trigger of this journey (${event}) is stored for the customer. If an app published it, journeys redrive --list shows whether it could not be handled.`
        : `  Nothing is stored about a customer "${customerId}". Ids are case-sensitive. If an app published an event, journeys redrive --list shows whether it could not be handled.`,
    );
  const verdict = now.enters
    ? `With ${trigger.event === undefined ? "a change of the customer" : `the newest ${event}`} now, the customer would enter.`
    : now.reason
      ? `Now the customer would not enter: ${now.reason}: ${now.because}`
      : undefined;
  if (isKnown && verdict) io.out(`  ${io.style(now.enters ? "green" : "yellow", verdict)}`);
}

/** At most this many entry attempts are printed: the newest. `--json` has all. */
const MOST_SHOWN = 20;

function showAttempt(attempt: EntryAttempt, io: Io): void {
  const { at, key } = attempt;
  const on = `${causeWithId(attempt)}${key === undefined ? "" : `, key ${JSON.stringify(key)}`}`;
  if (attempt.entered) {
    const { version, status, reason } = attempt;
    const outcome = reason === undefined ? status : `${status} (${reasonText(reason)})`;
    io.out(`  ${at}  ${io.style("cyan", "entered")} version ${version} ${on}: ${outcome}`);
  } else {
    io.out(`  ${at}  ${io.style("yellow", "did not enter")} ${on}`);
    io.out(`      ${attempt.reason}: ${attempt.because}`);
  }
}
