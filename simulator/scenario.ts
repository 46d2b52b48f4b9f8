/** The form of a scenario file. The simulator checks the documents in it when it publishes them. */
import * as z from "zod";
import { status } from "../lambdas/domain/conditions/condition.ts";
import { customerId } from "../lambdas/domain/customer/customer-changes.ts";
import { check, type Problem } from "../lambdas/domain/documents/problem.ts";
import { id, moment } from "../lambdas/domain/documents/vocabulary.ts";
import { limits } from "../lambdas/domain/messages/limits.ts";

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
  until: z.optional(moment),
};

const scenario = z.strictObject(scenarioMembers);

export type Scenario = z.infer<typeof scenario>;

export function checkScenario(input: unknown): { value: Scenario } | { problems: readonly Problem[] } {
  return check(scenario, input);
}
