/** Publishes the system's events on the bus. */
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PermanentError, ThrottledError } from "../app/errors.ts";
import type { Bus } from "../app/ports.ts";
import { SYSTEM_SOURCE } from "../domain/events/event.ts";
import { isSystemEvent } from "../domain/events/system-events.ts";

const client = new EventBridgeClient();

/** A request has at most ten entries: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;

export function eventBridge(busName: string): Bus {
  return {
    async publish(events) {
      for (let start = 0; start < events.length; start += MOST_ENTRIES) {
        const Entries = events.slice(start, start + MOST_ENTRIES).map(({ name, ...detail }) => ({
          EventBusName: busName,
          Source: SYSTEM_SOURCE,
          DetailType: name,
          // Journeys receive the events that `emitEvent` emits; all other system events are for other listeners.
          Detail: JSON.stringify(isSystemEvent(name) ? detail : { ...detail, emitted: true }),
        }));
        const { FailedEntryCount = 0, Entries: results = [] } = await translated(
          client.send(new PutEventsCommand({ Entries })),
        );
        if (FailedEntryCount > 0)
          throw new ThrottledError(
            `The bus did not take ${FailedEntryCount} events: ${results.map(({ ErrorCode }) => ErrorCode).join(" ")}`,
          );
      }
    },
  };
}

/** EventBridge accepts a throttled request later. It never accepts an entry of more than 256 KB. */
async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "ThrottlingException") throw new ThrottledError(message, { cause: error });
    throw name === "ValidationException" || name === "ValidationError"
      ? new PermanentError(`The bus refused it: ${message}`, { cause: error })
      : error;
  }
}
