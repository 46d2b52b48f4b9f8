/** The bus, for what the system itself publishes. */
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PermanentError, ThrottledError } from "../app/errors.ts";
import type { Bus } from "../app/ports.ts";
import { SYSTEM_SOURCE } from "../domain/events/event.ts";
import { isSystemEvent } from "../domain/events/system-events.ts";

const client = new EventBridgeClient();

/** A request takes ten entries: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;

export function eventBridge(busName: string): Bus {
  return {
    async publish(events) {
      for (let start = 0; start < events.length; start += MOST_ENTRIES) {
        const Entries = events.slice(start, start + MOST_ENTRIES).map(({ name, ...detail }) => ({
          EventBusName: busName,
          Source: SYSTEM_SOURCE,
          DetailType: name,
          // What a journey emits goes to the journeys too; the rest is for other listeners.
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

/** A throttled request is taken later. An entry of more than 256 KB will never be taken. */
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
