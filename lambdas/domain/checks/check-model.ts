/**
 * Checks what a journey does, and not only what its document says: this check walks every path together with the facts
 * that are certain of the customers on it. All problems are warnings, because the author may intend such a path, and
 * each problem has an example.
 *
 * "Never" and "always" are claimed only where the facts contradict each other. The trigger's event never changes; the
 * customer may change whenever time passes: in a wait, at a rule, and before a message that limits can delay. Between
 * all other components no time passes. Nothing is claimed without an example.
 */
import { brief, first, type Problem } from "../documents/problem.ts";
import type { Journey } from "../journey/journey.ts";
import { certainBranches } from "../model/claims/certain-branches.ts";
import { messagesTwice } from "../model/claims/message-twice.ts";
import { neverReached } from "../model/claims/never-reached.ts";
import { nobodyEnters } from "../model/claims/nobody-enters.ts";
import { goalsBeforeMessages, neverMet } from "../model/claims/rules.ts";
import { entering, enteringByHand } from "../model/entering.ts";
import type { Kinds } from "../model/example-walk.ts";
import { explore } from "../model/explore.ts";
import { TooMuchWork } from "../model/facts.ts";
import { resolveJourney, type SegmentConditions } from "../segments/resolve-segments.ts";
import type { Checked } from "./checked.ts";

/** A journey that was checked, with the warnings of its model. A journey with errors is returned unchanged. */
export function withModel(
  checked: Checked<Journey>,
  kinds?: Kinds,
  segments?: SegmentConditions,
  bounds = BOUNDS,
): Checked<Journey> {
  if ("problems" in checked) return checked;
  // A warning about a comparison says why its condition is never met.
  const isExplained = ({ path }: Problem) => checked.warnings.some((warning) => warning.path.startsWith(`${path}.`));
  const deeper = modelProblems(checked.value, kinds, segments, bounds)
    .filter((problem) => !isExplained(problem))
    .map((problem) => ({ ...problem, message: brief(problem.message) }));
  return { ...checked, warnings: first([...checked.warnings, ...deeper]) };
}

const MOST_REPORTED = 20;

export interface Bounds {
  /** At most this many places with the same component and different facts; there are at least as many paths. */
  readonly places: number;
  readonly work: number;
}

export const BOUNDS: Bounds = { places: 10_000, work: 500_000 };
/** For a check at every keystroke: some tens of milliseconds at most. */
export const QUICK: Bounds = { places: 1_000, work: 30_000 };

/** `document`: a journey without errors. `kinds`: the classes of its templates. */
export function modelProblems(
  document: Journey,
  kinds: Kinds = new Map(),
  segments: SegmentConditions = new Map(),
  bounds = BOUNDS,
): Problem[] {
  try {
    return claims(resolveJourney(document, segments), kinds, bounds).slice(0, MOST_REPORTED);
  } catch (error) {
    if (error instanceof TooMuchWork) return [notChecked];
    throw error;
  }
}

function claims(journey: Journey, kinds: Kinds, { places, work: left }: Bounds): Problem[] {
  const work = { left };
  const entry = entering(journey, work);
  if ("nobody" in entry) return nobodyEnters(journey, entry.nobody);
  const byHandFacts = enteringByHand(journey, work);
  const own = explore(journey, entry.facts, places);
  const model = { journey, kinds, own, byHand: explore(journey, byHandFacts, places - own.length) };
  return [
    ...neverReached(model),
    ...certainBranches(model),
    ...goalsBeforeMessages(model),
    ...neverMet(model, [...entry.facts, ...byHandFacts]),
    ...messagesTwice(model),
  ];
}

const notChecked: Problem = {
  path: "components",
  code: "not-checked",
  message: `The journey has too many paths (about ${BOUNDS.places}) that differ in what is known of the customer, or too many long conditions, so it was not checked for components that no customer reaches, conditions that are always true or false, and messages that come twice. This says nothing against the journey.`,
  severity: "warning",
};
