/** Claims that no customer reaches a component, although an outlet leads to it. */
import type { Problem } from "../../documents/problem.ts";
import { edges, reachable } from "../../journey/graph.ts";
import { outlets } from "../../journey/outlets.ts";
import { exampleOf, leavingPaths, type Model } from "../paths.ts";
import { claim } from "./claim.ts";

export function neverReached(model: Model): Problem[] {
  const { journey, own, byHand } = model;
  const reached = new Set([...own, ...byHand].map(({ componentId }) => componentId));
  const graph = edges(journey);
  const isDead = (id: string) => !reached.has(id);
  return Object.keys(journey.components)
    .filter(isDead)
    .flatMap((id) => {
      const before = own.filter(({ componentId }) => graph.get(componentId)?.includes(id));
      const found = before.length > 0 ? exampleOf(model, leavingPaths(before)) : undefined;
      if (!found) return [];
      const behind = [...reachable(graph, id)].filter((each) => each !== id && isDead(each));
      const others =
        behind.length === 0
          ? ""
          : `, nor ${behind.length === 1 ? `"${behind[0]}"` : `the ${behind.length} components`} behind it`;
      const { componentId } = found.path.at(-1)?.place ?? { componentId: "" };
      const count = outlets(journey.components[componentId] as never).filter(({ to }) => to === id).length;
      const outlet = count > 1 ? "the outlets of" : "the outlet of";
      const message = `No customer reaches "${id}"${others}: ${outlet} "${componentId}" that lead${count > 1 ? "" : "s"} there ${count > 1 ? "are" : "is"} never taken.`;
      return [claim(["components", id], "component-never-reached", message, found.walked.example, found.path)];
    });
}
