/** `journeys why CUSTOMER JOURNEY`: when they entered, or why they did not, in sentences. */

import type { Answer, Occasion } from "../../insight/entry/answer.ts";
import { because } from "../../insight/timeline/timeline-text.ts";
import type { LiveJourney } from "../../lambdas/domain/catalog.ts";
import { jsonOption, stackOption, withStack } from "../deployed/on-stack.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { CliCommand } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";

export const whyCommand: CliCommand = {
  usage: "why <customer> <journey>",
  summary: "when a customer entered a journey, or why they did not, in sentences",
  options: [stackOption, jsonOption],
  notes:
    "Reasons are kept for 30 days. What made them true is looked up in what is stored now, and the answer says so. Exit\ncode 1 when nothing is known: no such event came, or nothing is stored about the customer.",
  example: "journeys why c-42 abandoned-cart",
  run: withStack((stack, { operands: [customerId = "", journeyId = ""], options }, io) =>
    why(customerId, journeyId, { json: options.json === true }, stack, io),
  ),
};

async function why(
  customerId: string,
  journeyId: string,
  { json }: { json: boolean },
  stack: DeployedStack,
  io: Io,
): Promise<ExitCode> {
  const [{ liveJourney }, { portsOf }, { recordOf }, { answerOf }] = await Promise.all([
    import("../deployed/journey.ts"),
    import("../deployed/connect.ts"),
    import("../deployed/customer-record.ts"),
    import("../../insight/entry/answer.ts"),
  ]);
  const live = await liveJourney(journeyId, stack);
  const record = recordOf(customerId, await stack.customer(customerId));
  const answer = answerOf(record, live, portsOf(stack).clock.now());
  const known = answer.occasions.length > 0;
  if (json) io.out(JSON.stringify({ customerId, journeyId, ...answer }));
  else tell(answer, live, customerId, record.events.length > 0 || record.profile !== undefined, io);
  return known ? 0 : 1;
}

function tell({ occasions, unanswered, now }: Answer, live: LiveJourney, who: string, isKnown: boolean, io: Io): void {
  const { id, trigger, status } = live.journey;
  const event = trigger.event ?? "a change of the customer";
  io.out(io.style("bold", `${who} and ${id} (version ${live.version}, ${status})`));
  tellEarlier(occasions.length, io);
  for (const occasion of occasions.slice(-MOST_TOLD)) tellOccasion(occasion, io);
  for (const { at, eventId } of unanswered.slice(-MOST_TOLD))
    io.out(
      `  ${at}  ${event} (${eventId}) came and left no trace: the journey did not listen for it then, or a reason is older than 30 days.`,
    );
  if (occasions.length === 0 && unanswered.length === 0)
    io.out(
      isKnown
        ? `  Nothing that lets a customer in (${event}) has come, as far as is stored. If it was published: journeys redrive --list.`
        : `  Nothing is stored about a customer "${who}". Ids are exact; if an event was published: journeys redrive --list.`,
    );
  const verdict = now.enters
    ? `If ${trigger.event === undefined ? "they changed" : `the newest ${event} came`} now, they would enter.`
    : now.reason
      ? `Now they would not enter: ${now.reason}: ${now.because}`
      : undefined;
  if (isKnown && verdict) io.out(`  ${io.style(now.enters ? "green" : "yellow", verdict)}`);
}

/** So many of the newest are told; `--json` has them all. */
const MOST_TOLD = 20;

function tellEarlier(all: number, io: Io): void {
  if (all > MOST_TOLD) io.out(`  … ${all - MOST_TOLD} earlier ones; --json has all.`);
}

function tellOccasion(occasion: Occasion, io: Io): void {
  const { at, event = "a change", eventId, key } = occasion;
  const on = `on ${event} (${eventId})${key === undefined ? "" : `, key ${JSON.stringify(key)}`}`;
  if (occasion.entered) {
    const { version, status, reason } = occasion;
    const became = reason === undefined ? status : `${status} (${because(reason)})`;
    io.out(`  ${at}  ${io.style("cyan", "entered")} version ${version} ${on}: ${became}`);
  } else {
    io.out(`  ${at}  ${io.style("yellow", "did not enter")} ${on}`);
    io.out(`      ${occasion.reason}: ${occasion.because}`);
  }
}
