/** The journey as a graph: reachable components, loops without a wait, paths that avoid a component. */
import type { Journey } from "./journey.ts";
import { outlets, waiting } from "./outlets.ts";

type Edges = ReadonlyMap<string, readonly string[]>;

/** The existing components that each component leads to. */
export function edges(journey: Pick<Journey, "components">): Edges {
  return new Map(
    Object.entries(journey.components).map(([id, component]) => [
      id,
      outlets(component).flatMap(({ to }) => (to !== undefined && Object.hasOwn(journey.components, to) ? [to] : [])),
    ]),
  );
}

/** The shortest path from one component to another that avoids a third; `undefined` when there is none. */
export function pathAvoiding(graph: Edges, from: string, to: string, avoid?: string): string[] | undefined {
  if (from === avoid) return undefined;
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const here of cameFrom.keys()) {
    if (here === to) {
      const path: string[] = [];
      for (let step: string | undefined = to; step !== undefined; step = cameFrom.get(step)) path.unshift(step);
      return path;
    }
    for (const next of graph.get(here) ?? []) if (next !== avoid && !cameFrom.has(next)) cameFrom.set(next, here);
  }
  return undefined;
}

export function reachable(graph: Edges, from: string): Set<string> {
  const seen = new Set([from]);
  for (const here of seen) for (const next of graph.get(here) ?? []) seen.add(next);
  return seen;
}

/** For each group of connected components, one loop that a customer could repeat without ever waiting. */
export function loopsWithoutWait(journey: Pick<Journey, "components">): string[][] {
  const neverWaits = (id: string) => {
    const component = journey.components[id];
    return component !== undefined && !waiting.has(component.type);
  };
  const graph = edges(journey);
  const inner: Edges = new Map(
    [...graph].filter(([id]) => neverWaits(id)).map(([id, to]) => [id, to.filter(neverWaits)]),
  );
  const found: string[][] = [];
  const reported = new Set<string>();
  for (const [id, to] of inner) {
    if (reported.has(id)) continue;
    const back = to.map((next) => pathAvoiding(inner, next, id)).find((path) => path !== undefined);
    if (!back) continue;
    const loop = [id, ...back.slice(0, -1)];
    found.push(loop);
    for (const member of reachable(inner, id)) if (pathAvoiding(inner, member, id)) reported.add(member);
  }
  return found;
}
