/** A journey as admins write it: the schema. What a good journey is beyond its shape is in `check-journey.ts`. */
import * as z from "zod";
import { condition } from "../conditions/condition.ts";
import { rule } from "../conditions/rule.ts";
import { address, DAY, duration, eventName, eventPath, id, timezone } from "../documents/vocabulary.ts";
import { limits } from "../messages/limits.ts";
import { component } from "./component.ts";

export const journeyStatuses = ["draft", "active", "paused", "stopped"] as const;
export type JourneyStatus = (typeof journeyStatuses)[number];

const entry = z
  .union([
    z.enum(["once", "always"]),
    z.strictObject({
      cooldown: z.optional(duration(1000, 3650 * DAY, "Not within this time of the last entry")),
      maxConcurrent: z.int().min(1).max(1000).optional().meta({ description: "At most so many inside at once" }),
      max: z.int().min(1).max(100_000).optional().meta({ description: "At most so many entries ever" }),
    }),
  ])
  .meta({ id: "Entry", description: "How often a customer (and key) may enter; once, unless said otherwise" });
export type EntryRule = z.infer<typeof entry>;

const trigger = z
  .strictObject({
    event: z.optional(eventName("The event that lets a customer enter. Absent: any change of the customer")),
    where: condition.optional().meta({ description: "What must hold on the event (and may read the customer)" }),
    audience: condition.optional().meta({ description: "What must hold on the customer, when the event is handled" }),
    entry: entry.optional(),
    key: z.optional(eventPath("Names the instance, such as event.orderId")),
    includeUnsubscribed: z.boolean().optional().meta({ description: "Whether unsubscribed customers enter too" }),
  })
  .meta({ id: "Trigger", description: "Who enters" });

const sender = z
  .strictObject({
    from: address,
    replyTo: z.array(address).min(1).max(10).optional().meta({ description: "Where replies go" }),
  })
  .meta({ id: "Sender", description: "Who the messages are from; else the stack's sender" });
export type Sender = z.infer<typeof sender>;

const goal = rule
  .extend({
    within: z.optional(duration(1000, 365 * DAY, "Statistics time, counted from entry; P30D unless said otherwise")),
  })
  .meta({ id: "Goal", description: "What is counted, once per enrollment; nobody leaves for it" });
export type Goal = z.infer<typeof goal>;

export const MOST_COMPONENTS = 200;

export const journey = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "For editors" }),
    id: id("The journey's id, its key in the table"),
    version: z.string().optional().meta({ description: 'Always "current" in a document that admins edit' }),
    name: z.string().min(1).max(200).meta({ description: "What people call it" }),
    description: z.string().max(2000).optional().meta({ description: "What it is for" }),
    status: z.enum(journeyStatuses).default("draft").meta({
      description:
        "draft: never live. active: customers enter. paused: nobody enters, those inside go on. stopped: nobody enters, everyone inside exits",
    }),
    timezone: z.optional(timezone).meta({ description: "The zone for customers who have none" }),
    trigger,
    sender: sender.optional(),
    limits: z.optional(limits),
    exit: z
      .array(rule.meta({ id: "ExitRule" }))
      .max(50)
      .optional()
      .meta({ description: "Any rule met: the customer exits at once" }),
    goals: z.array(goal).max(50).optional().meta({ description: "What is counted" }),
    start: id("The first component"),
    components: z.record(id("The id of a component"), component).meta({ description: "The components by their ids" }),
    publication: z.unknown().optional().meta({ description: "Written by the system: the outcome of the last save" }),
  })
  .meta({
    id: "Journey",
    title: "Journey",
    description: "Sends customers through components in answer to what they do",
  });
export type Journey = z.infer<typeof journey>;

/** Changing only these makes no new version. */
export const unversioned = ["status", "name", "publication", "version", "$schema"] as const;
