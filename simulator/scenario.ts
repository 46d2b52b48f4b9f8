/** The form of a scenario file. The simulator checks the documents in it when it publishes them. */
import * as z from "zod";
import { condition, status } from "../lambdas/domain/conditions/condition.ts";
import { customerId } from "../lambdas/domain/customer/customer-changes.ts";
import { check, type Problem } from "../lambdas/domain/documents/problem.ts";
import { DAY, duration, eventName, id, moment } from "../lambdas/domain/documents/vocabulary.ts";
import { limits } from "../lambdas/domain/messages/limits.ts";
import type { Aim } from "../lambdas/domain/schedule/audience-run.ts";

const document = z.record(z.string(), z.unknown());

/** The members of a scenario. A journey test has them too. */
export const scenarioMembers = {
  $schema: z.string().optional(),
  description: z.string().optional(),
  journeys: z.array(document).optional(),
  /** The stack's limits, for journeys without limits of their own. */
  limits: z.optional(limits),
  templates: z.array(document).optional(),
  customers: z.array(z.looseObject({ customerId })).optional(),
  events: z
    .array(
      // The other members are checked on delivery, as on the stack: a malformed event harms no other event.
      z.strictObject({
        at: moment,
        event: z.string().meta({ description: "The event's name" }),
        id: z.unknown().optional(),
        customerId: z.unknown().optional(),
        time: z.unknown().optional(),
        data: z.unknown().optional(),
        customer: z.unknown().optional(),
      }),
    )
    .optional(),
  statuses: z
    .array(z.strictObject({ at: moment, customerId, message: id("The component that sent it"), status }))
    .optional(),
  edits: z
    .array(
      z
        .strictObject({ at: moment, journey: document.optional(), template: document.optional() })
        .refine(({ journey, template }) => (journey === undefined) !== (template === undefined), {
          error: "An edit has either journey or template.",
          params: { code: "bad-value" },
        }),
    )
    .optional(),
  /** Audience runs that a person starts. */
  entries: z
    .array(
      z
        .strictObject({
          at: moment,
          journey: id("The journey that customers enter"),
          customers: z.array(customerId).min(1).optional(),
          audience: condition.optional(),
          event: z.optional(eventName("Customers with an event of this name; the newest is their trigger event")),
          within: z.optional(duration(1000, 400 * DAY, "How old the event may be")),
        })
        .refine(({ customers, audience, event }) => [customers, audience, event].filter(Boolean).length <= 1, {
          error: "An entry has at most one of customers, audience and event.",
          params: { code: "bad-value" },
        })
        .refine(({ event, within }) => (event === undefined) === (within === undefined), {
          error: "event and within need each other.",
          params: { code: "missing-member" },
        }),
    )
    .optional(),
  until: z.optional(moment),
};

const scenario = z.strictObject(scenarioMembers);

export type Scenario = z.infer<typeof scenario>;

export function checkScenario(input: unknown): { value: Scenario } | { problems: readonly Problem[] } {
  return check(scenario, input);
}

export function aimOf({ customers, audience, event, within }: NonNullable<Scenario["entries"]>[number]): Aim {
  if (customers) return { kind: "customers", customerIds: customers };
  if (audience) return { kind: "audience", where: audience };
  return event !== undefined && within !== undefined ? { kind: "event", name: event, within } : { kind: "all" };
}
