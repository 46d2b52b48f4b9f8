/**
 * Handles a delivery from the bus, or from an audience run: reads the event and matches it, or moves the delivery to
 * the dead-letter queue with a reason. A throttle of AWS never counts as a failed attempt, because five failed attempts
 * move a delivery to the dead-letter queue: the delivery goes back to the queue as a new message.
 */

import type { Problem } from "../../domain/documents/problem.ts";
import { type Delivered, parseEvent, recheckDelivery } from "../../domain/events/event.ts";
import { type RunDelivery, runDelivery, runDeliveryIn } from "../../domain/schedule/run-delivery.ts";
import type { JsonObject } from "../../domain/values/json.ts";
import { parseJson } from "../../domain/values/parse-json.ts";
import { matchEvent } from "../entry/match-event.ts";
import { recheck } from "../entry/recheck.ts";
import { PermanentError, ThrottledError } from "../errors.ts";
import type { DeadLetters, Inbox } from "../ports.ts";
import { type EnterPorts, enterByRun } from "../runs/enter-by-run.ts";

/** The time after which a throttled delivery comes again. */
export const THROTTLED_SECONDS = 120;

export interface ReceivingPorts extends EnterPorts {
  readonly inbox: Inbox;
  readonly deadLetters: DeadLetters;
}

export async function receiveEvent(
  delivery: string,
  how: Omit<Delivered, "now">,
  ports: ReceivingPorts,
): Promise<"matched" | "rejected" | "delayed"> {
  const run = runDeliveryIn(delivery);
  try {
    const problems = await receive(delivery, run, how, ports);
    if (problems.length === 0) return "matched";
    await ports.deadLetters.put(delivery, problems);
    return "rejected";
  } catch (error) {
    if (!(error instanceof ThrottledError)) throw error;
    await ports.inbox.requeue(delivery, THROTTLED_SECONDS);
    return "delayed";
  }
}

async function receive(
  delivery: string,
  run: RunDelivery | undefined,
  how: Omit<Delivered, "now">,
  ports: ReceivingPorts,
): Promise<readonly Problem[]> {
  if (run)
    return storable(async () => {
      const seconds = await enterByRun(run, ports);
      if (seconds !== undefined) await ports.inbox.requeue(runDelivery({ ...run, recheck: true }), seconds);
    });
  let envelope: unknown;
  try {
    envelope = parseJson(delivery);
  } catch {
    return [{ path: "", code: "invalid-json", message: "The delivery is not JSON." }];
  }
  const parsed = parseEvent(envelope, { ...how, now: ports.clock.now() });
  if ("problems" in parsed) return parsed.problems;
  return storable(async () => {
    const { event } = parsed;
    const seconds = await (parsed.isRecheck ? recheck : matchEvent)(event, ports);
    if (typeof seconds === "number")
      await ports.inbox.requeue(JSON.stringify(recheckDelivery(envelope as JsonObject, event)), seconds);
  });
}

async function storable(handle: () => Promise<void>): Promise<readonly Problem[]> {
  try {
    await handle();
    return [];
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return [{ path: "", code: "not-storable", message: error.message }];
  }
}
