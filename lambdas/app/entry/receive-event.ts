/** Parses and handles a delivery from the bus. A delivery that can never succeed goes to the dead-letter queue at once. */

import type { Problem } from "../../domain/documents/problem.ts";
import { type Delivered, parseEvent, recheckDelivery } from "../../domain/events/event.ts";
import type { JsonObject } from "../../domain/values/json.ts";
import { parseJson } from "../../domain/values/parse-json.ts";
import { PermanentError } from "../errors.ts";
import type { DeadLetters, EnrollmentPorts, Inbox } from "../ports.ts";
import { matchEvent } from "./match-event.ts";
import { recheck } from "./recheck.ts";

export interface ReceivingPorts extends EnrollmentPorts {
  readonly inbox: Inbox;
  readonly deadLetters: DeadLetters;
}

export async function receiveEvent(
  delivery: string,
  how: Omit<Delivered, "now">,
  ports: ReceivingPorts,
): Promise<"matched" | "rejected"> {
  const problems = await receive(delivery, how, ports);
  if (problems.length === 0) return "matched";
  await ports.deadLetters.put(delivery, problems);
  return "rejected";
}

async function receive(
  delivery: string,
  how: Omit<Delivered, "now">,
  ports: ReceivingPorts,
): Promise<readonly Problem[]> {
  let envelope: unknown;
  try {
    envelope = parseJson(delivery);
  } catch {
    return [{ path: "", code: "invalid-json", message: "The delivery is not JSON." }];
  }
  const parsed = parseEvent(envelope, { ...how, now: ports.clock.now() });
  if ("problems" in parsed) return parsed.problems;
  try {
    const { event } = parsed;
    const seconds = await (parsed.isRecheck ? recheck : matchEvent)(event, ports);
    if (typeof seconds === "number")
      await ports.inbox.requeue(JSON.stringify(recheckDelivery(envelope as JsonObject, event)), seconds);
    return [];
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return [{ path: "", code: "not-storable", message: error.message }];
  }
}
