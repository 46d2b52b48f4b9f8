/**
 * The schema of a trigger: which customers enter, and when. A trigger has an event, a schedule, a date, or none of them;
 * `checks/check-trigger.ts` checks that it has only one.
 */
import * as z from "zod";
import { condition } from "../conditions/condition.ts";
import {
  cron,
  DAY,
  dayOffset,
  duration,
  eventName,
  eventPath,
  fieldPath,
  localMoment,
  MINUTE,
  timeOfDay,
  timezone,
} from "../documents/vocabulary.ts";

const entry = z
  .union([
    z.enum(["once", "always"]),
    z.strictObject({
      cooldown: z.optional(duration(1000, 3650 * DAY, "The least time between two entries")),
      maxConcurrent: z.int().min(1).max(1000).optional().meta({ description: "The most enrollments at one time" }),
      max: z.int().min(1).max(100_000).optional().meta({ description: "At most so many entries ever" }),
    }),
  ])
  .meta({
    id: "Entry",
    description: "How often a customer (and key) may enter. Default: once; always with a schedule or date that repeats",
  });
export type EntryRule = z.infer<typeof entry>;

const zone = z
  .union([z.literal("customer"), timezone])
  .optional()
  .meta({
    description: 'An IANA time zone, or "customer" for the zone of each customer. Default: the journey\'s, else UTC',
  });

export const schedule = z
  .union([
    z.strictObject({ cron, timezone: zone }),
    z.strictObject({ at: localMoment, timezone: zone }),
    z.strictObject({
      every: duration(60 * MINUTE, 365 * DAY, "The time between two occurrences, counted from 1970-01-01T00:00"),
      timezone: zone,
    }),
  ])
  .meta({ id: "Schedule", description: "When all customers in the audience are considered" });
export type Schedule = z.infer<typeof schedule>;

const date = z
  .strictObject({
    field: fieldPath("The customer's field with the date, such as customer.birthday"),
    offset: z.optional(dayOffset),
    time: timeOfDay,
    repeat: z.enum(["never", "yearly"]).meta({ description: "yearly: on that day of each year" }),
    timezone: zone,
  })
  .meta({
    id: "DateTrigger",
    description: "Each customer takes the first component on a day that a field of theirs says",
  });
export type DateTrigger = z.infer<typeof date>;

const rate = z
  .strictObject({
    max: z.int().min(1).max(1_000_000).meta({ description: "A run lets in at most so many customers" }),
    per: duration(MINUTE, 30 * DAY, "In this time"),
  })
  .meta({ id: "Rate", description: "How fast an audience run lets customers in" });
export type Rate = z.infer<typeof rate>;

export const trigger = z
  .strictObject({
    event: z.optional(
      eventName("The event with which a customer enters. Without event, schedule and date: any change of the customer"),
    ),
    schedule: schedule.optional(),
    date: date.optional(),
    where: condition.optional().meta({ description: "A condition on the event. It may also read the customer" }),
    audience: condition
      .optional()
      .meta({ description: "A condition on the customer at the time the event is handled" }),
    entry: entry.optional(),
    key: z.optional(eventPath("A path to the value that names the instance, such as event.orderId")),
    includeUnsubscribed: z.boolean().optional().meta({ description: "true: unsubscribed customers enter too" }),
    rate: rate.optional(),
  })
  .meta({ id: "Trigger", description: "Which customers enter, and when" });
export type Trigger = z.infer<typeof trigger>;
