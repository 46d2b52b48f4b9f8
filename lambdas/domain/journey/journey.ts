/** The schema of a journey. `check-journey.ts` checks everything beyond the shape. */
import * as z from "zod/mini";
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
    replyTo: z
      .optional(z.array(address).check(z.minLength(1), z.maxLength(10)))
      .check(z.describe("The addresses for replies")),
  })
  .check(z.meta({ id: "Sender", description: "The sender of the messages. Default: the stack's sender" }));
export type Sender = z.infer<typeof sender>;

const goal = z
  .extend(rule, {
    within: z.optional(
      duration(1000, 365 * DAY, `How long after entry the goal counts. Default: ${DEFAULT_GOAL_WITHIN}`),
    ),
  })
  .check(z.meta({ id: "Goal", description: "A goal counts once per enrollment. The customer stays in the journey" }));
export type Goal = z.infer<typeof goal>;

export const MOST_COMPONENTS = 200;

export const journey = z
  .strictObject({
    $schema: z.optional(z.string()).check(z.describe("The JSON Schema, for editors")),
    id: id("The journey's id, its key in the table"),
    version: z.optional(z.string()).check(z.describe('Always "current" in a document that admins edit')),
    name: z.string().check(z.minLength(1), z.maxLength(200), z.describe("The name for people")),
    description: z.optional(z.string().check(z.maxLength(2000))).check(z.describe("The purpose, for people")),
    status: z
      ._default(z.enum(journeyStatuses), "draft")
      .check(
        z.describe(
          "draft: never live. active: customers enter. paused: no customer enters; customers inside go on. held: no customer enters, and no customer inside takes a step. stopped: no customer enters; all customers inside exit",
        ),
      ),
    timezone: z.optional(timezone).check(z.describe("The time zone for customers without one")),
    trigger,
    sender: z.optional(sender),
    limits: z.optional(limits),
    exit: z
      .optional(z.array(rule.check(z.meta({ id: "ExitRule" }))).check(z.maxLength(50)))
      .check(z.describe("A customer exits as soon as one of these rules is met")),
    goals: z.optional(z.array(goal).check(z.maxLength(50))).check(z.describe("The goals of the journey")),
    start: id("The first component"),
    components: z.record(id("The id of a component"), component).check(z.describe("The components by their ids")),
    publication: z.optional(z.unknown()).check(z.describe("The outcome of the last save, written by the system")),
  })
  .check(
    z.meta({
      id: "Journey",
      title: "Journey",
      description: "A journey leads customers through components, in response to their events",
    }),
  );
export type Journey = z.infer<typeof journey>;

/** A change of only these members makes no new version. */
export const unversioned = ["status", "name", "publication", "version", "$schema"] as const;
