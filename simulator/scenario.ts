/** The form of a scenario file. The simulator checks the documents in it when it publishes them. */
import * as z from "zod/mini";
import { condition, status } from "../lambdas/domain/conditions/condition.ts";
import { customerId as anyCustomerId } from "../lambdas/domain/customer/customer-changes.ts";
import { documentHints } from "../lambdas/domain/documents/document-hints.ts";
import { check, type Problem } from "../lambdas/domain/documents/problem.ts";
import { DAY, duration, eventName, id, moment } from "../lambdas/domain/documents/vocabulary.ts";
import { limits } from "../lambdas/domain/messages/limits.ts";
import type { Aim } from "../lambdas/domain/schedule/audience-run.ts";

const document = z.record(z.string(), z.unknown());

/** With a description, for the JSON Schemas. */
export const customerId = anyCustomerId.clone().register(z.globalRegistry, { description: "The customer's id" });

/** The members of a scenario. A journey test has these members too. */
export const scenarioMembers = {
  $schema: z.optional(z.string()).check(z.describe("The JSON Schema, for editors")),
  description: z.optional(z.string()).check(z.describe("The purpose, for people")),
  journeys: z.optional(z.array(document)).check(z.describe("The journeys, published at the start")),
  limits: z.optional(limits).check(z.describe("The stack's limits, for journeys without limits of their own")),
  templates: z
    .optional(z.array(document))
    .check(z.describe("The templates, layouts and partials, published at the start")),
  segments: z.optional(z.array(document)).check(z.describe("The segments, published at the start")),
  customers: z
    .optional(z.array(z.looseObject({ customerId })))
    .check(z.describe("The customers with their attributes")),
  events: z
    .optional(
      z.array(
        // The other members are checked on delivery, as on the stack: a malformed event harms no other event.
        z.strictObject({
          at: moment,
          event: z.string().check(z.describe("The event's name")),
          id: z.optional(z.unknown()).check(z.describe("Deliveries of one event have the same id")),
          customerId: z.optional(z.unknown()).check(z.describe("The customer of the event")),
          time: z.optional(z.unknown()).check(z.describe("When it happened; `at` is when it is delivered")),
          data: z.optional(z.unknown()).check(z.describe("The event's data")),
          customer: z.optional(z.unknown()).check(z.describe("Changes of the customer")),
        }),
      ),
    )
    .check(z.describe("The events, in any order")),
  statuses: z
    .optional(
      z.array(
        z.strictObject({
          at: moment,
          customerId,
          message: id("The component that sent it"),
          status,
        }),
      ),
    )
    .check(z.describe("What the channel reports of messages")),
  splits: z
    .optional(
      z.array(
        z.strictObject({
          component: id("The split"),
          branch: id("The component to which the branch leads; `end` if the journey ends there"),
          customerId: z.optional(customerId),
          journey: z.optional(id("The journey, if several have such a split")),
        }),
      ),
    )
    .check(
      z.describe("Branches that customers take at splits: one customer, or all. The first entry that fits counts"),
    ),
  edits: z
    .optional(
      z.array(
        z
          .strictObject({
            at: moment,
            journey: z.optional(document).check(z.describe("The journey as it is saved")),
            template: z.optional(document).check(z.describe("The template as it is saved")),
            segment: z.optional(document).check(z.describe("The segment as it is saved")),
          })
          .check(
            z.refine(({ journey, template, segment }) => [journey, template, segment].filter(Boolean).length === 1, {
              error: "An edit has one of journey, template and segment.",
              params: { code: "bad-value" },
            }),
          ),
      ),
    )
    .check(z.describe("Documents that are saved later")),
  entries: z
    .optional(
      z.array(
        z
          .strictObject({
            at: moment,
            journey: id("The journey that customers enter"),
            customers: z.optional(z.array(customerId).check(z.minLength(1))).check(z.describe("These customers only")),
            audience: z.optional(condition).check(z.describe("Customers on whom this condition holds")),
            event: z.optional(eventName("Customers with an event of this name; the newest is their trigger event")),
            within: z.optional(duration(1000, 400 * DAY, "How old the event may be")),
          })
          .check(
            z.refine(({ customers, audience, event }) => [customers, audience, event].filter(Boolean).length <= 1, {
              error: "An entry has at most one of customers, audience and event.",
              params: { code: "bad-value" },
            }),
            z.refine(({ event, within }) => (event === undefined) === (within === undefined), {
              error: "event and within need each other.",
              params: { code: "missing-member" },
            }),
          ),
      ),
    )
    .check(z.describe("Audience runs that a person starts")),
  until: z.optional(moment).check(z.describe("The end. Default: 366 days after the last moment of the scenario")),
};

const scenario = z.strictObject(scenarioMembers);

export type Scenario = z.infer<typeof scenario>;

export function checkScenario(input: unknown): { value: Scenario } | { problems: readonly Problem[] } {
  return check(scenario, input, documentHints);
}

export function aimOf({ customers, audience, event, within }: NonNullable<Scenario["entries"]>[number]): Aim {
  if (customers) return { kind: "customers", customerIds: customers };
  if (audience) return { kind: "audience", where: audience };
  return event !== undefined && within !== undefined ? { kind: "event", name: event, within } : { kind: "all" };
}
