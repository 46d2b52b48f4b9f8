/**
 * Which parts of each journey the scenarios of tests reach. Documents with the same id are one journey: a test may edit
 * its journey, and another test may have another edit of it.
 */
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { keyOf, type Part, partsOf } from "./parts.ts";

export interface RanScenario {
  readonly scenario: Pick<Scenario, "journeys" | "edits">;
  readonly lines: readonly TimelineLine[];
}

export interface JourneyCoverage {
  readonly journeyId: string;
  /** The first document of the journey without problems. */
  readonly journey: Journey;
  readonly reached: readonly Part[];
  readonly unreached: readonly Part[];
}

export function coverageOf(ran: readonly RanScenario[]): JourneyCoverage[] {
  const found = new Map<string, { journey: Journey; parts: Map<string, Part> }>();
  const reached = new Map<string, Set<string>>();
  for (const { scenario, lines } of ran) {
    for (const journey of journeysIn(scenario)) {
      const before = found.get(journey.id) ?? { journey, parts: new Map<string, Part>() };
      found.set(journey.id, before);
      for (const part of partsOf(journey)) before.parts.set(keyOf(part), part);
    }
    for (const line of lines)
      for (const part of reachedBy(line)) {
        const ofJourney = reached.get(line.journeyId) ?? new Set();
        reached.set(line.journeyId, ofJourney.add(keyOf(part)));
      }
  }
  return [...found].map(([journeyId, { journey, parts }]) => {
    const isReached = (part: Part) => reached.get(journeyId)?.has(keyOf(part)) === true;
    const all = [...parts.values()];
    return {
      journeyId,
      journey,
      reached: all.filter(isReached),
      unreached: all.filter((part) => !isReached(part)),
    };
  });
}

/** The journeys of a scenario and of its edits, except journeys with problems. */
function journeysIn({ journeys = [], edits = [] }: RanScenario["scenario"]): Journey[] {
  const documents = [...journeys, ...edits.flatMap(({ journey }) => (journey ? [journey] : []))];
  return documents.flatMap((document) => {
    const checked = checkJourney(document, new Set(namedTemplates(document)));
    return "value" in checked ? [checked.value] : [];
  });
}

function reachedBy(line: TimelineLine): Part[] {
  switch (line.kind) {
    case "component": {
      const { componentId: id, outcome } = line;
      // After a skipped message the customer continues as after a sent one.
      return [
        { kind: "component", id },
        { kind: "outlet", id, outcome: outcome === "skipped" ? "done" : outcome },
      ];
    }
    case "exited":
      return [
        { kind: "exit", id: line.reason },
        { kind: "component", id: line.componentId },
      ];
    case "goal":
      return [{ kind: "goal", id: line.goalId }];
    case "not-entered":
      return [{ kind: "refusal", id: line.reason }];
    case "run":
      return Object.keys(line.refused).map((id) => ({ kind: "refusal", id }));
    case "entered":
    case "message":
    case "completed":
    case "failed":
      return [];
    default:
      return line satisfies never;
  }
}
