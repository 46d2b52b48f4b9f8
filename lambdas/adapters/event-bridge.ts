/** Publishes the system's events on the bus. */
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { PermanentError, ThrottledError } from "../app/errors.ts";
import type { Bus } from "../app/ports.ts";
import { SYSTEM_SOURCE } from "../domain/events/event.ts";
import { isSystemEvent, type PublishedEvent } from "../domain/events/system-events.ts";
import { nameOf, ServiceError, throttled } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new EventBridgeClient(retried);

/** The most entries of one request: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;
/**
 * The most bytes of all entries of a request together; every region accepts this many. A larger entry has a request of
 * its own.
 */
const MOST_BYTES = 250_000;

/** EventBridge never accepts such an entry. Any other error of an entry may be temporary, even a missing right. */
const permanent = new Set(["InvalidArgument", "MalformedDetail", "ValidationException", "ValidationError"]);

export function eventBridge(busName: string): Bus {
  return {
    async publish(events) {
      for (const Entries of requestsOf(events.map((event) => entryOf(event, busName)))) {
        const { Entries: results = [] } = await translated(client.send(new PutEventsCommand({ Entries })));
        const codes = results.flatMap(({ ErrorCode }) => ErrorCode ?? []);
        if (codes.some((code) => !permanent.has(code)))
          throw new ThrottledError(`The bus did not take ${codes.length} events: ${codes.join(" ")}`);
        if (codes.length > 0) throw new PermanentError(`The bus refused ${codes.length} events: ${codes.join(" ")}`);
      }
    },
  };
}

function entryOf({ name, ...detail }: PublishedEvent, EventBusName: string): PutEventsRequestEntry {
  return {
    EventBusName,
    Source: SYSTEM_SOURCE,
    DetailType: name,
    // Journeys receive the events that `emitEvent` emits; all other system events are for other listeners.
    Detail: JSON.stringify(isSystemEvent(name) ? detail : { ...detail, emitted: true }),
  };
}

/** The entries in their order, split by number and by size. */
function requestsOf(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const requests: PutEventsRequestEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(`${entry.Source}${entry.DetailType}${entry.Detail}`);
    const last = requests.at(-1);
    if (last && last.length < MOST_ENTRIES && bytes <= room) last.push(entry);
    else {
      requests.push([entry]);
      room = MOST_BYTES;
    }
    room -= bytes;
  }
  return requests;
}

/**
 * Sorts the errors of a request: EventBridge may accept a throttled request when it is repeated, but never accepts an
 * invalid request.
 */
async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const name = nameOf(error);
    if (name === "ThrottlingException") throw throttled("EventBridge", error);
    throw permanent.has(name)
      ? new PermanentError(`The bus refused the request: ${name}`, { cause: error })
      : new ServiceError("EventBridge", error);
  }
}
