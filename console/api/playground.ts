/** The data that the playground shows, and the actions of a person in it. */
import type { Status } from "../../lambdas/domain/messages/message-status.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";

/** A line of the timeline, with its place in the order. */
export type Happened = TimelineLine & { readonly number: number };

export interface PlaygroundAnswer {
  readonly now: Time;
  /** The time of the next task that is due; absent when no task is left. */
  readonly next?: Time;
  /** What happened after the line that the page knew, oldest first. */
  readonly lines: readonly Happened[];
  /**
   * The number of the world, which changes with every reset, because the lines of a new world do not continue the old
   * lines.
   */
  readonly world: number;
  readonly suggestions: readonly Suggestion[];
  readonly customers: readonly Known[];
}

/** An event that journeys listen to, with data that an example sends. */
export interface Suggestion {
  readonly event: string;
  /** The journeys that the event lets a customer into. */
  readonly enters: readonly string[];
  /** The journeys that customers leave by this event, and the journeys that wait for it or count it. */
  readonly concerns: readonly string[];
  readonly data?: JsonObject;
  /** Attributes of a customer of the event. */
  readonly customer?: JsonObject;
}

export interface Known {
  readonly customerId: string;
  readonly name: string;
}

/** `next`: moves the clock to the next task that is due. */
export type PlaygroundMove = { readonly by: string } | { readonly to: "next" };

export interface PlaygroundEvent {
  readonly event: string;
  readonly customerId: string;
  readonly data?: JsonObject | undefined;
  readonly customer?: JsonObject | undefined;
}

export interface PlaygroundStatus {
  readonly customerId: string;
  /** The component that sent the message. */
  readonly componentId: string;
  readonly status: Status;
}
