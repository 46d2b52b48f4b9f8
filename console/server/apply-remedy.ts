/** Applies a remedy of a finding, as the command does it. The answer gives the result. */

import type { RemedyDeed } from "../../insight/health/remedy.ts";
import { count } from "../../insight/words/count.ts";
import { releaseMarketing } from "../../lambdas/app/messages/release-marketing.ts";
import { deadLetters } from "../../stack/redrive/queues.ts";
import { streamFailures } from "../../stack/redrive/stream-failures.ts";
import type { Stack } from "../../stack/stack.ts";
import type { RemedyDone } from "../api/api.ts";
import { NotFound } from "./answers/failures.ts";
import { setStatus } from "./set-status.ts";

/**
 * A request handles only this many messages, so that it ends. A person who sees that messages are left presses the
 * button again.
 */
const MOST_REPLAYED = 500;

export async function applyRemedy(deed: RemedyDeed, stack: Stack): Promise<RemedyDone> {
  if (deed.kind === "redrive") return redriven(stack);
  const { kind, journeyId } = deed;
  if (kind === "close-breaker") return breakerClosed(journeyId, stack);
  const { problems } = await setStatus({ id: journeyId, verb: kind }, stack);
  return {
    problems,
    outcome: problems.length === 0 ? `${journeyId} is ${kind === "pause" ? "paused" : "resumed"}.` : "",
  };
}

async function redriven(stack: Stack): Promise<RemedyDone> {
  let replayed = 0;
  const problems: RemedyDone["problems"][number][] = [];
  for (const each of [deadLetters, streamFailures])
    for await (const { messageId, stays } of each(new Set(), "replay", stack)) {
      if (stays === undefined) replayed++;
      else problems.push({ path: messageId, message: `It stays: ${stays}.` });
      if (replayed + problems.length >= MOST_REPLAYED)
        return { problems, outcome: `${count(replayed, "dead letter")} replayed. There may be more.` };
    }
  return { problems, outcome: `${count(replayed, "dead letter")} replayed.` };
}

async function breakerClosed(journeyId: string, stack: Stack): Promise<RemedyDone> {
  if (!(await stack.journey(journeyId)) && !(await stack.ports.journeys.live(journeyId)))
    throw new NotFound(`There is no journey "${journeyId}".`);
  const held = await releaseMarketing(journeyId, stack.ports);
  return { problems: [], outcome: `The circuit breaker of ${journeyId} ${held ? "is closed" : "was not open"}.` };
}
