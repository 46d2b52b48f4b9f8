/**
 * The events that only the system publishes, or that it handles itself. No journey may listen to one or emit one.
 * `handled`: trigger-matcher receives the event from the bus. The other events are for apps that listen to the bus.
 */

import type { Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";

const systemEvents = {
  "customer.changed": { handled: true },
  "customer.deleted": { handled: true },
  "message.status": { handled: true },
  "journey.entered": { handled: false },
  "journey.completed": { handled: false },
  "journey.exited": { handled: false },
  "journey.failed": { handled: false },
  "goal.reached": { handled: false },
  "message.sent": { handled: false },
  "message.skipped": { handled: false },
  "message.requested": { handled: false },
} as const satisfies Readonly<Record<string, { readonly handled: boolean }>>;

type Table = typeof systemEvents;
export type SystemEventName = keyof Table;
export type HandledEventName = {
  [N in SystemEventName]: Table[N]["handled"] extends true ? N : never;
}[SystemEventName];

export function isSystemEvent(name: string): name is SystemEventName {
  return Object.hasOwn(systemEvents, name);
}

/** An event on the bus under the system's source. */
export interface PublishedEvent {
  readonly name: string;
  readonly id: string;
  readonly customerId: string;
  readonly time: Time;
  readonly data: JsonObject;
  /** The automatic steps that led here, counted so that journeys that trigger each other stop. */
  readonly hops: number;
}

/** An event with one of the system's fixed names, not one that a journey emits. */
export interface SystemEvent extends PublishedEvent {
  readonly name: SystemEventName;
}
