/**
 * The form of a journey test: a scenario with a name and its expectations. Members that an expectation leaves out are
 * not checked. An expectation that checks nothing could never fail, so it is refused.
 */
import * as z from "zod/mini";
import { documentHints } from "../../lambdas/domain/documents/document-hints.ts";
import { check, type Problem } from "../../lambdas/domain/documents/problem.ts";
import { id, moment } from "../../lambdas/domain/documents/vocabulary.ts";
import { notEnteredReasons } from "../../lambdas/domain/reasons/reason.ts";
import { customerId, scenarioMembers } from "../../simulator/scenario.ts";

const number = z.int().check(z.gte(0));
const componentId = id("The id of a component");
const componentIds = z.array(componentId);

const ofCustomer = z.strictObject({
  customerId,
  journeyId: z.optional(id("The journey. May be left out where the scenario has one journey")),
  enrollment: z
    .optional(z.int().check(z.gte(1)))
    .check(z.describe("Which enrollment of the customer in the journey; 1 is the first")),
  entered: z.optional(number).check(z.describe("How often the customer entered")),
  notEntered: z.optional(z.enum(notEnteredReasons)).check(z.describe("Why the customer did not enter")),
  path: z.optional(componentIds).check(z.describe("The components visited, in order")),
  outcomes: z.optional(z.record(componentId, z.string())).check(z.describe("The last outcome of components")),
  messages: z
    .optional(
      z.union([
        componentIds,
        z.strictObject({
          include: z.optional(componentIds).check(z.describe("These sent")),
          exclude: z.optional(componentIds).check(z.describe("These did not send")),
        }),
      ]),
    )
    .check(z.describe("The components that sent a message, in order; or some that did and some that did not")),
  at: z
    .optional(z.record(componentId, moment))
    .check(z.describe("When components were first reached; of a message, when it was sent")),
  ended: z.optional(z.enum(["completed", "exited", "failed", "active"])).check(z.describe("How the enrollment ended")),
  reason: z.optional(z.string()).check(z.describe("Why the customer exited or failed")),
  goals: z.optional(z.array(id("The id of a goal"))).check(z.describe("The goals reached, in order")),
  tags: z.optional(z.array(z.string())).check(z.describe("The customer's tags at the end, in any order")),
});

const ofScenario = z.strictObject({
  journeyId: z.optional(id("Totals of this journey only")),
  entered: z.optional(number).check(z.describe("Enrollments")),
  active: z.optional(number).check(z.describe("Enrollments that are still active")),
  completed: z.optional(number).check(z.describe("Enrollments that completed")),
  exited: z.optional(number).check(z.describe("Enrollments that exited")),
  failed: z.optional(number).check(z.describe("Enrollments that failed")),
  messages: z.optional(number).check(z.describe("Messages sent")),
  goals: z
    .optional(z.union([number, z.record(z.string(), number)]))
    .check(z.describe("How often goals were reached: in total, or by journey/goal")),
});

export type CustomerExpectation = z.infer<typeof ofCustomer>;
export type TotalExpectation = z.infer<typeof ofScenario>;
export type Expectation = CustomerExpectation | TotalExpectation;

const journeyTest = z.strictObject({
  ...scenarioMembers,
  name: z.string().check(z.minLength(1), z.describe("What the test shows, as a sentence")),
  expect: z.array(z.unknown()).check(z.minLength(1)),
});

const document = z.union([z.record(z.string(), z.unknown()), z.string()]);
const documents = z.optional(z.array(document));

/** The form of a journey test in a file, for the JSON Schema: documents and the scenario may be names of files. */
export const journeyTestFile = z
  .strictObject({
    ...journeyTest.shape,
    scenario: z
      .optional(z.string())
      .check(z.describe("The file of a scenario. Members of the test replace its members")),
    journeys: documents.check(z.describe("The journeys, or the names of their files")),
    templates: documents.check(z.describe("The templates, or the names of their files")),
    edits: z
      .optional(
        z.array(
          z.strictObject({
            at: moment,
            journey: z.optional(document).check(z.describe("The journey as it is saved, or the name of its file")),
            template: z.optional(document).check(z.describe("The template as it is saved, or the name of its file")),
          }),
        ),
      )
      .check(z.describe("Documents that are saved later")),
    expect: z
      .array(z.union([ofCustomer, ofScenario]))
      .check(z.minLength(1), z.describe("What is expected. Members that are left out are not looked at")),
  })
  .check(z.meta({ id: "Test", title: "Test", description: "A scenario and what is expected of it" }));

export interface JourneyTest extends Omit<z.infer<typeof journeyTest>, "expect"> {
  readonly expect: readonly Expectation[];
}

/** With `customerId`, an expectation is of a customer, and problems name the members that such an expectation has. */
export function checkJourneyTest(input: unknown): { value: JourneyTest } | { problems: readonly Problem[] } {
  const checked = check(journeyTest, input, documentHints);
  const given = Object(input).expect;
  const problems = "problems" in checked ? [...checked.problems] : [];
  const expect: Expectation[] = [];
  for (const [index, expectation] of (Array.isArray(given) ? given : []).entries()) {
    const schema = Object.hasOwn(Object(expectation), "customerId") ? ofCustomer : ofScenario;
    const found = check<Expectation>(schema, expectation);
    if ("value" in found && looksAtNothing(found.value)) problems.push({ path: `expect[${index}]`, ...nothing });
    else if ("value" in found) expect.push(found.value);
    else
      for (const problem of found.problems)
        problems.push({ ...problem, path: below(`expect[${index}]`, problem.path) });
  }
  return "problems" in checked || problems.length > 0 ? { problems } : { value: { ...checked.value, expect } };
}

function looksAtNothing(expectation: Expectation): boolean {
  return Object.keys(expectation).every((name) => ["customerId", "journeyId", "enrollment"].includes(name));
}

const nothing = {
  code: "missing-member",
  message: 'This expectation looks at nothing. Add what you expect, such as "entered": 1.',
};

const below = (place: string, path: string) => (path === "" ? place : `${place}.${path}`);

export const isOfCustomer = (expectation: Expectation): expectation is CustomerExpectation =>
  "customerId" in expectation;
