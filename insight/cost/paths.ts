/** The paths through a journey, as components and the outlets taken. A path passes each loop at most once. */
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../lambdas/domain/journey/outlets.ts";

export interface Step {
  readonly componentId: string;
  /** The index of the outlet that the path takes. */
  readonly outlet: number;
}

export type Path = readonly Step[];

const MOST_VISITS_EACH = 2;

/** The first `most` paths; `more`: whether there are others. */
export function pathsOf(journey: Journey, most: number): { paths: readonly Path[]; more: boolean } {
  const paths: Path[] = [];
  let more = false;
  const walk = (componentId: string | undefined, soFar: Path): void => {
    const component = componentId === undefined ? undefined : journey.components[componentId];
    if (componentId === undefined || !component || visits(soFar, componentId) >= MOST_VISITS_EACH) {
      if (paths.length < most) paths.push(soFar);
      else more = true;
      return;
    }
    const seen = new Set<string | undefined>();
    for (const [outlet, { to }] of outlets(component).entries()) {
      // Branches with the same target cost the same, except after a wait: a signal ends it early, a time-out does not.
      const signals = component.type === "messageStatusRule" || component.type === "waitFor";
      if (!signals && seen.has(to)) continue;
      seen.add(to);
      if (more) return;
      walk(to, [...soFar, { componentId, outlet }]);
    }
  };
  walk(journey.start, []);
  return { paths, more };
}

function visits(path: Path, componentId: string): number {
  return path.filter((step) => step.componentId === componentId).length;
}
