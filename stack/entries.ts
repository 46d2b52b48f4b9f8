/** Events in files as entries for the bus. The checks of the stack are made here, where the sender sees the problems. */

import type { Problem } from "../lambdas/domain/documents/problem.ts";
import { members } from "../lambdas/domain/documents/unchecked-document.ts";
import { parseEvent } from "../lambdas/domain/events/event.ts";
import type { Time } from "../lambdas/domain/time/time.ts";
import { didYouMean } from "../lambdas/domain/values/did-you-mean.ts";

export interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

const known = ["event", "id", "customerId", "time", "data", "customer", "source"];

/** The maximum size of an event for EventBridge in bytes, including name and source. */
const MOST_BYTES = 256 * 1024;

/**
 * An event `{ event, id?, customerId, time?, data?, customer?, source? }`. `source`: the source of events that name
 * none.
 */
export function entryOf(input: unknown, source: string, now: Time): { entry: Entry } | { problems: Problem[] } {
  const event = members(input);
  if (event !== input) return { problems: [problem("", "wrong-type", "An event must be an object.")] };
  const strange = Object.keys(event).filter((name) => !known.includes(name));
  if (strange.length > 0)
    return {
      problems: strange.map((name) =>
        problem(name, "unknown-member", `There is no member "${name}" in an event.${didYouMean(name, known)}`),
      ),
    };
  const { event: name, source: own = source, ...detail } = event;
  // The stack trusts events with its own source.
  if (own === "customer-journeys")
    return { problems: [problem("source", "reserved-source", `Source "${own}" is reserved. Use another.`)] };
  const parsed = parseEvent({ id: "-", source: own, "detail-type": name, time: now, detail }, { now });
  if ("problems" in parsed)
    return { problems: parsed.problems.map((found) => ({ ...found, path: pathInFile(found.path) })) };
  const entry = { Source: String(own), DetailType: String(name), Detail: JSON.stringify(detail) };
  if (sizeOf(entry) > MOST_BYTES)
    return { problems: [problem("", "too-big", `The event is larger than ${MOST_BYTES / 1024} KB. Send less data.`)] };
  return { entry };
}

const problem = (path: string, code: string, message: string): Problem => ({ path, code, message });

function pathInFile(path: string): string {
  return path === "detail-type" ? "event" : path.replace(/^detail\.?/, "");
}

function sizeOf(entry: Entry): number {
  return Object.values(entry).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** A request takes at most ten entries, and in total the maximum size of one event. */
export function batches<T extends { readonly entry: Entry }>(sent: readonly T[]): T[][] {
  const all: T[][] = [];
  let room = 0;
  for (const one of sent) {
    const size = sizeOf(one.entry);
    const current = all.at(-1);
    if (!current || current.length === 10 || size > room) {
      all.push([one]);
      room = MOST_BYTES - size;
    } else {
      current.push(one);
      room -= size;
    }
  }
  return all;
}
