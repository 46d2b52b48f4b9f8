/** The ways through a journey, each with the outlets that lead along it. Loops are gone round once. */
import type { Journey } from "../../lambdas/domain/journey.ts";
import { outlets } from "../../lambdas/domain/outlets.ts";

export interface Step {
  readonly componentId: string;
  /** Which of the component's outlets is taken. */
  readonly outlet: number;
}

export type Path = readonly Step[];

const MOST_VISITS_EACH = 2;

/** At most so many paths, the first ones; `more` when there are others. */
export function pathsOf(journey: Journey, most: number): { paths: readonly Path[]; more: boolean } {
  const paths: Path[] = [];
  let more = false;
  const walk = (componentId: string | undefined, so: Path): void => {
    const component = componentId === undefined ? undefined : journey.components[componentId];
    if (componentId === undefined || !component || visits(so, componentId) >= MOST_VISITS_EACH) {
      if (paths.length < most) paths.push(so);
      else more = true;
      return;
    }
    const seen = new Set<string | undefined>();
    for (const [outlet, { to }] of outlets(component).entries()) {
      // Branches that lead to the same place cost the same, but for a rule: that one waits out its time or does not.
      const signals = component.type === "messageStatusRule" || component.type === "waitFor";
      if (!signals && seen.has(to)) continue;
      seen.add(to);
      if (more) return;
      walk(to, [...so, { componentId, outlet }]);
    }
  };
  walk(journey.start, []);
  return { paths, more };
}

function visits(path: Path, componentId: string): number {
  return path.filter((step) => step.componentId === componentId).length;
}
