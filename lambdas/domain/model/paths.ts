/** Paths through explored places, and an example for the first of some paths that has one. */
import type { Journey } from "../journey/journey.ts";
import { enterExample } from "./enter-example.ts";
import type { Kinds } from "./example-walk.ts";
import type { Place, Step } from "./explore.ts";
import type { Facts } from "./facts.ts";
import { type Walked, walkExample } from "./walk-example.ts";

/** The data from which all claims about a journey are made. */
export interface Model {
  readonly journey: Journey;
  readonly kinds: Kinds;
  /** The places of customers whom the trigger lets in. */
  readonly own: readonly Place[];
  /** The places of customers whom a person lets in by an audience run. */
  readonly byHand: readonly Place[];
}

/** At most this many paths are tried for an example. */
const MOST_TRIED = 12;

/** Steps from the start on, each from the place to which the one before leads. */
export type Path = readonly Step[];

/** The path that ends with the given step. */
export function pathBy(step: Step): Path {
  const path = [step];
  for (let { from } = step.place; from; { from } = from.place) path.unshift(from);
  return path;
}

/** Some paths that leave the places by any of the outlets. */
export function leavingPaths(
  places: readonly Place[],
  isWanted: (outlet: number) => boolean = () => true,
): readonly Path[] {
  const steps = places.slice(0, MOST_TRIED).flatMap(({ next }) => next.filter(({ outlet }) => isWanted(outlet)));
  return steps.slice(0, MOST_TRIED).map(pathBy);
}

/** `isShown`: whether the walk shows what is claimed. */
export function exampleOf(
  { journey, kinds }: Model,
  paths: readonly Path[],
  isShown: (walked: Walked) => boolean = () => true,
): { readonly path: Path; readonly walked: Walked } | undefined {
  for (const path of paths.slice(0, MOST_TRIED)) {
    const entered = enterExample(journey, factsAlong(path), false);
    const walked = entered && entered.refused === undefined ? walkExample(journey, entered, path, kinds) : undefined;
    if (walked && isShown(walked)) return { path, walked };
  }
  return undefined;
}

function factsAlong(path: Path): readonly Facts[] {
  return path.flatMap(({ place, facts, then }) => [place.entered ?? place.facts, then ?? facts]);
}
