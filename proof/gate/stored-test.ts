/**
 * The form in which a journey test is stored with its journey: with its scenario, but without the journey itself and
 * without templates. The test runs the journey as it is saved, with the templates that are live.
 */
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { type StoredTest, TEST } from "../../lambdas/domain/journey/stored-test.ts";
import type { JourneyTest } from "../expectations/journey-test.ts";

/** The journeys of a test. The test is stored with each of these journeys. */
export function journeysOf({ journeys = [] }: JourneyTest): string[] {
  return [...new Set(journeys.map(({ id }) => String(id)))];
}

/** `name`: the name of the file, without `.test.json`. */
export function storedTest(journeyId: string, name: string, test: JourneyTest): StoredTest {
  const { $schema: _, templates: __, journeys = [], ...rest } = test;
  const others = journeys.filter(({ id }) => id !== journeyId);
  return { ...rest, ...(others.length > 0 && { journeys: others }), id: journeyId, version: `${TEST}${name}` };
}

/**
 * The test of this journey with these templates. The test may have problems, because an admin can edit it in the table.
 */
export function testOf(stored: StoredTest, journey: object, templates: readonly object[]): unknown {
  const { id: _, version: __, ...rest } = stored;
  const { journeys } = members(rest);
  return { ...rest, journeys: [journey, ...(Array.isArray(journeys) ? journeys : [])], templates };
}
