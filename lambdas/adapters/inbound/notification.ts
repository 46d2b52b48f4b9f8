/** What a topic delivers to the queue of reports: a message from a customer, in the form of the service that got it. */
import * as z from "zod/mini";
import { type Time, toTime } from "../../domain/time/time.ts";

export interface Notification {
  readonly content: unknown;
  /** When the topic took it. */
  readonly time: Time;
}

const notification = z.object({
  Message: z.string(),
  Timestamp: z.string().check(z.refine((text) => toTime(text) !== undefined, "Timestamp is no RFC 3339 time.")),
});

/** Throws when the input is no notification. */
export function notificationIn(input: unknown): Notification {
  const { Message, Timestamp } = notification.parse(input);
  return { content: JSON.parse(Message), time: toTime(Timestamp) as Time };
}
