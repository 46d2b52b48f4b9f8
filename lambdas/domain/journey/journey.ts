/** The schema of a journey. `check-journey.ts` checks everything beyond the shape. */
import * as z from "zod";
import { rule } from "../conditions/rule.ts";
import { address, DAY, duration, id, timezone } from "../documents/vocabulary.ts";
import { limits } from "../messages/limits.ts";
import { component } from "./component.ts";
import { DEFAULT_GOAL_WITHIN } from "./goal-deadline.ts";
import { trigger } from "./trigger.ts";

export const journeyStatuses = ["draft", "active", "paused", "held", "stopped"] as const;
export type JourneyStatus = (typeof journeyStatuses)[number];

/** A save with this status applies it to the live version even when the rest of the save is rejected. */
export const appliedAlone: readonly JourneyStatus[] = ["paused", "held", "stopped"];

const sender = z
  .strictObject({
    from: address,
    replyTo: z.array(address).min(1).max(10).optional().meta({ description: "The addresses for replies" }),
  })
  .meta({ id: "Sender", description: "The sender of the messages. Default: the stack's sender" });
export type Sender = z.infer<typeof sender>;

const goal = rule
  .extend({
    within: z.optional(
      duration(1000, 365 * DAY, `How long after entry the goal counts. Default: ${DEFAULT_GOAL_WITHIN}`),
    ),
  })
  .meta({ id: "Goal", description: "A goal counts once per enrollment. The customer stays in the journey" });
export type Goal = z.infer<typeof goal>;

export const MOST_COMPONENTS = 200;

export const journey = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "The JSON Schema, for editors" }),
    id: id("The journey's id, its key in the table"),
    version: z.string().optional().meta({ description: 'Always "current" in a document that admins edit' }),
    name: z.string().min(1).max(200).meta({ description: "The name for people" }),
    description: z.string().max(2000).optional().meta({ description: "The purpose, for people" }),
    status: z.enum(journeyStatuses).default("draft").meta({
      description:
        "draft: never live. active: customers enter. paused: no customer enters; customers inside go on. held: no customer enters, and no customer inside takes a step. stopped: no customer enters; all customers inside exit",
    }),
    timezone: z.optional(timezone).meta({ description: "The time zone for customers without one" }),
    trigger,
    sender: sender.optional(),
    limits: z.optional(limits),
    exit: z
      .array(rule.meta({ id: "ExitRule" }))
      .max(50)
      .optional()
      .meta({ description: "A customer exits as soon as one of these rules is met" }),
    goals: z.array(goal).max(50).optional().meta({ description: "The goals of the journey" }),
    start: id("The first component"),
    components: z.record(id("The id of a component"), component).meta({ description: "The components by their ids" }),
    publication: z.unknown().optional().meta({ description: "The outcome of the last save, written by the system" }),
  })
  .meta({
    id: "Journey",
    title: "Journey",
    description: "A journey leads customers through components, in response to their events",
  });
export type Journey = z.infer<typeof journey>;

/** A change of only these members makes no new version. */
export const unversioned = ["status", "name", "publication", "version", "$schema"] as const;
