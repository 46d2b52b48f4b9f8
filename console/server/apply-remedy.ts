/** Applies a remedy of a finding, as the command does it. The answer gives the result. */

import type { RemedyAction } from "../../insight/health/remedy.ts";
import { count } from "../../insight/words/count.ts";
import { releaseMarketing } from "../../lambdas/app/messages/release-marketing.ts";
import { deadLetters } from "../../stack/redrive/queues.ts";
import { streamFailures } from "../../stack/redrive/stream-failures.ts";
import type { Stack } from "../../stack/stack.ts";
import type { RemedyDone } from "../api/api.ts";
import { NotFound } from "./answers/failures.ts";
import { setStatus } from "./set-status.ts";

/**
 * A request handles only this many messages of each queue and this many failed batches, so that it ends. A person who
 * sees that messages are left presses the button again. Each queue has its own bound, because the messages of one queue
 * may be rejected again and again, and would hide those of the next queue.
 */
const MOST_REPLAYED = 500;

/**
 * The failed batches that stayed in the bucket when a person last pressed the button. The next press handles these
 * batches last, so that every other batch gets its turn.
 */
const stayed = new WeakMap<Stack, Set<string>>();

export async function applyRemedy(action: RemedyAction, stack: Stack): Promise<RemedyDone> {
  if (action.kind === "redrive") return redriven(stack);
  const { kind, journeyId } = action;
  if (kind === "close-breaker") return breakerClosed(journeyId, stack);
  const { problems } = await setStatus({ id: journeyId, verb: kind }, stack);
  return {
    problems,
    outcome: problems.length === 0 ? `${journeyId} is ${kind === "pause" ? "paused" : "resumed"}.` : "",
  };
}

async function redriven(stack: Stack): Promise<RemedyDone> {
  const last = stayed.get(stack) ?? new Set();
  stayed.set(stack, last);
  const all = new Set<string>();
  const sources = [
    ...stack.deadLetterQueues().map((queue) => deadLetters(all, "replay", { deadLetterQueues: () => [queue] })),
    streamFailures(all, "replay", stack, new Set(last)),
  ];
  let [replayed, more] = [0, false];
  const problems: RemedyDone["problems"][number][] = [];
  for (const source of sources) {
    let handled = 0;
    for await (const { messageId, stays } of source) {
      if (stays === undefined) replayed++;
      else problems.push({ path: messageId, message: `It stays: ${stays}.` });
      if (stays === undefined) last.delete(messageId);
      else last.add(messageId);
      if (++handled < MOST_REPLAYED) continue;
      more = true;
      break;
    }
  }
  return { problems, outcome: `${count(replayed, "dead letter")} replayed.${more ? " There may be more." : ""}` };
}

async function breakerClosed(journeyId: string, stack: Stack): Promise<RemedyDone> {
  if (!(await stack.journey(journeyId)) && !(await stack.ports.journeys.live(journeyId)))
    throw new NotFound(`There is no journey "${journeyId}".`);
  const held = await releaseMarketing(journeyId, stack.ports);
  return { problems: [], outcome: `The circuit breaker of ${journeyId} ${held ? "is closed" : "was not open"}.` };
}
