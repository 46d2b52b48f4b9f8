/**
 * The schema of a trigger: which customers enter, and when. A trigger has an event, a schedule, a date, or none of them;
 * `checks/check-trigger.ts` checks that it has only one.
 */
import * as z from "zod/mini";
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
      maxConcurrent: z
        .optional(z.int().check(z.gte(1), z.lte(1000)))
        .check(z.describe("The most enrollments at one time")),
      max: z.optional(z.int().check(z.gte(1), z.lte(100_000))).check(z.describe("At most so many entries ever")),
    }),
  ])
  .check(
    z.meta({
      id: "Entry",
      description:
        "How often a customer (and key) may enter. Default: once; always with a schedule or date that repeats",
    }),
  );
export type EntryRule = z.infer<typeof entry>;

const zone = z
  .optional(z.union([z.literal("customer"), timezone]))
  .check(
    z.describe('An IANA time zone, or "customer" for the zone of each customer. Default: the journey\'s, else UTC'),
  );

export const schedule = z
  .union([
    z.strictObject({ cron, timezone: zone }),
    z.strictObject({ at: localMoment, timezone: zone }),
    z.strictObject({
      every: duration(60 * MINUTE, 365 * DAY, "The time between two occurrences, counted from 1970-01-01T00:00"),
      timezone: zone,
    }),
  ])
  .check(z.meta({ id: "Schedule", description: "When all customers in the audience are considered" }));
export type Schedule = z.infer<typeof schedule>;

const date = z
  .strictObject({
    field: fieldPath("The customer's field with the date, such as customer.birthday"),
    offset: z.optional(dayOffset),
    time: timeOfDay,
    repeat: z.enum(["never", "yearly"]).check(z.describe("yearly: on that day of each year")),
    timezone: zone,
  })
  .check(
    z.meta({
      id: "DateTrigger",
      description: "Each customer takes the first component on a day that a field of theirs says",
    }),
  );
export type DateTrigger = z.infer<typeof date>;

const rate = z
  .strictObject({
    max: z.int().check(z.gte(1), z.lte(1_000_000), z.describe("A run lets in at most so many customers")),
    per: duration(MINUTE, 30 * DAY, "In this time"),
  })
  .check(z.meta({ id: "Rate", description: "How fast an audience run lets customers in" }));
export type Rate = z.infer<typeof rate>;

export const trigger = z
  .strictObject({
    event: z.optional(
      eventName("The event with which a customer enters. Without event, schedule and date: any change of the customer"),
    ),
    schedule: z.optional(schedule),
    date: z.optional(date),
    where: z.optional(condition).check(z.describe("A condition on the event. It may also read the customer")),
    audience: z.optional(condition).check(z.describe("A condition on the customer at the time the event is handled")),
    entry: z.optional(entry),
    key: z.optional(eventPath("A path to the value that names the instance, such as event.orderId")),
    includeUnsubscribed: z.optional(z.boolean()).check(z.describe("true: unsubscribed customers enter too")),
    rate: z.optional(rate),
  })
  .check(z.meta({ id: "Trigger", description: "Which customers enter, and when" }));
export type Trigger = z.infer<typeof trigger>;
