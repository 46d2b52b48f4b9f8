/**
 * The events that only the system publishes, or that it handles itself. No journey may listen to one or emit one.
 * `handled`: trigger-matcher receives the event from the bus. The other events are for apps that listen to the bus.
 * `from`: who publishes it.
 */

import type { Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";

const systemEvents = {
  "customer.changed": { from: "system", handled: true },
  "customer.deleted": { from: "app", handled: true },
  "message.status": { from: "app", handled: true },
  "journey.entered": { from: "system", handled: false },
  "journey.completed": { from: "system", handled: false },
  "journey.exited": { from: "system", handled: false },
  "journey.failed": { from: "system", handled: false },
  "goal.reached": { from: "system", handled: false },
  "message.sent": { from: "system", handled: false },
  "message.skipped": { from: "system", handled: false },
  "message.requested": { from: "system", handled: false },
} as const satisfies Readonly<Record<string, { readonly from: "app" | "system"; readonly handled: boolean }>>;

type Table = typeof systemEvents;
export type SystemEventName = keyof Table;
export type HandledEventName = {
  [N in SystemEventName]: Table[N]["handled"] extends true ? N : never;
}[SystemEventName];

/** Events that the system publishes for itself: the bus delivers them to trigger-matcher. */
export type ReturningEventName = {
  [N in HandledEventName]: Table[N]["from"] extends "system" ? N : never;
}[HandledEventName];

export function isReturningEvent(name: SystemEventName): name is ReturningEventName {
  return systemEvents[name].handled && systemEvents[name].from === "system";
}

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
  /** The number of automatic steps that led to this event, so that journeys which trigger each other stop. */
  readonly hops: number;
}

/** An event with one of the system's fixed names, not one that a journey emits. */
export interface SystemEvent extends PublishedEvent {
  readonly name: SystemEventName;
}
