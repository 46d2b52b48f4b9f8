/** Says which changes of the tests' journeys no test notices. A test notices a change when it does not pass any more. */
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { canonical, type Json } from "../../lambdas/domain/values/json.ts";
import type { JourneyTest } from "../expectations/journey-test.ts";
import { passed, runJourneyTest } from "../expectations/run-journey-test.ts";
import { type Change, changesOf } from "./changes.ts";

export interface Mutation {
  readonly journeyId: string;
  /** The number of the document, from 1, because tests may have several documents of one journey. */
  readonly document: number;
  readonly tried: number;
  readonly unnoticed: readonly Pick<Change, "path" | "text">[];
}

/** One journey of the tests. Different edits of one journey count as different journeys. */
interface Subject {
  readonly journey: Journey;
  readonly tests: Set<JourneyTest>;
}

/** `tests`: tests that pass. */
export async function mutationsOf(tests: readonly JourneyTest[]): Promise<Mutation[]> {
  const mutations: Mutation[] = [];
  for (const [name, { journey, tests: ofJourney }] of subjectsOf(tests)) {
    const changes = changesOf(journey);
    const unnoticed: Change[] = [];
    for (const change of changes) if (!(await isNoticed(change, name, [...ofJourney]))) unnoticed.push(change);
    mutations.push({
      journeyId: journey.id,
      document: 1 + mutations.filter(({ journeyId }) => journeyId === journey.id).length,
      tried: changes.length,
      unnoticed: unnoticed.map(({ path, text }) => ({ path, text })),
    });
  }
  return mutations;
}

const nameOf = (document: unknown) => canonical(document as Json);

/** The active journeys without problems, by their content. */
function subjectsOf(tests: readonly JourneyTest[]): Map<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const test of tests)
    for (const document of documentsIn(test)) {
      const name = nameOf(document);
      const known = subjects.get(name)?.tests;
      if (known) known.add(test);
      else {
        const checked = checkJourney(document, new Set(namedTemplates(document)));
        if ("value" in checked && checked.value.status === "active")
          subjects.set(name, { journey: checked.value, tests: new Set([test]) });
      }
    }
  return subjects;
}

function documentsIn({ journeys = [], edits = [] }: JourneyTest) {
  return [...journeys, ...edits.flatMap(({ journey }) => (journey ? [journey] : []))];
}

async function isNoticed({ document }: Change, name: string, tests: readonly JourneyTest[]): Promise<boolean> {
  const changed = <D>(given: D) => (nameOf(given) === name ? document : given);
  for (const test of tests) {
    const { journeys, edits } = test;
    const result = await runJourneyTest({
      ...test,
      ...(journeys && { journeys: journeys.map(changed) }),
      ...(edits && { edits: edits.map((edit) => (edit.journey ? { ...edit, journey: changed(edit.journey) } : edit)) }),
    });
    if (!passed(result)) return true;
  }
  return false;
}
