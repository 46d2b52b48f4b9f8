/** The outcome of a simulated scenario, as far as expectations can check it. */
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { Summary, TimelineLine } from "../../simulator/timeline.ts";
import { type Passage, passagesOf } from "./passages.ts";

export interface Outcome {
  readonly lines: readonly TimelineLine[];
  readonly passages: readonly Passage[];
  readonly tags: Summary["tags"];
  readonly customers: ReadonlySet<string>;
  /** The components and goals of each journey, in the journeys and in their edits. */
  readonly journeys: ReadonlyMap<string, Known>;
}

export interface Known {
  readonly components: ReadonlySet<string>;
  readonly goals: ReadonlySet<string>;
}

export function outcomeOf(scenario: Scenario, lines: readonly TimelineLine[], summary: Summary): Outcome {
  const { journeys = [], edits = [], customers = [], events = [] } = scenario;
  const documents = [...journeys, ...edits.flatMap(({ journey }) => (journey ? [journey] : []))];
  const known = new Map<string, { components: Set<string>; goals: Set<string> }>();
  for (const document of documents) {
    const { id, components, goals } = members(document);
    const each = known.get(String(id)) ?? { components: new Set(), goals: new Set() };
    known.set(String(id), each);
    for (const componentId of Object.keys(members(components))) each.components.add(componentId);
    for (const goal of Array.isArray(goals) ? goals : []) each.goals.add(String(members(goal).id));
  }
  const ids = [...customers, ...events].map((each) => each.customerId).filter((id) => typeof id === "string");
  return { lines, passages: passagesOf(lines), tags: summary.tags, customers: new Set(ids), journeys: known };
}
