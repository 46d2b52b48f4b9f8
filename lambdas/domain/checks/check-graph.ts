/** Checks a journey as a graph: unreachable components, loops without a wait, messages that are not on every path. */

import { type Problem, pathText } from "../documents/problem.ts";
import { entries, members, valid } from "../documents/unchecked-document.ts";
import { ID } from "../documents/vocabulary.ts";
import { type ComponentOf, component as schema } from "../journey/component.ts";
import { edges, loopsWithoutWait, pathAvoiding, reachable } from "../journey/graph.ts";
import type { Journey } from "../journey/journey.ts";
import { outlets } from "../journey/outlets.ts";
import { attributeProblems } from "./check-attributes.ts";

export function graphProblems(journey: Graph): Problem[] {
  const problems: Problem[] = [];
  const add = (path: readonly (string | number)[], code: string, message: string) =>
    problems.push({ path: pathText(path), code, message });
  const graph = edges(journey);
  const components = Object.entries(journey.components);

  const reached = reachable(graph, journey.start);
  // A wrong target makes the components behind it unreachable. Only the wrong target is reported then.
  for (const [id] of isWhole(journey) ? components : [])
    if (!reached.has(id))
      add(
        ["components", id],
        "unreachable-component",
        `No path from the start leads to "${id}". Connect it, or remove it.`,
      );

  for (const loop of loopsWithoutWait(journey))
    add(
      ["components", loop[0] as string],
      "loop-without-wait",
      `The loop ${[...loop, loop[0]].join(" → ")} never waits. Put a wait, waitFor or messageStatusRule into it.`,
    );

  for (const [id, component] of components) {
    const at = (...path: (string | number)[]) => ["components", id, ...path];
    switch (component.type) {
      case "messageStatusRule": {
        const around =
          reached.has(id) && graph.has(component.message) && pathAvoiding(graph, journey.start, id, component.message);
        if (around)
          add(
            at("message"),
            "message-not-on-every-path",
            `Customers can come here without "${component.message}" having been sent: ${around.join(" → ")}. Judge a message that lies on every path to "${id}".`,
          );
        break;
      }
      case "wait":
        problems.push(...waitProblems(component, at()));
        break;
      case "split": {
        const sum = component.branches.reduce((sum, { percent }) => sum + percent, 0);
        if (Math.abs(sum - 100) > 1e-6)
          add(
            at("branches"),
            "percent-sum",
            `The shares sum to ${Number(sum.toFixed(6))}, not to 100. ${Math.abs(sum - 1) < 0.02 ? "Write 50, not 0.5, for half of the customers." : "Every customer must fall into one."}`,
          );
        break;
      }
      case "updateCustomer":
        problems.push(...attributeProblems(component, at()));
        break;
    }
  }
  return problems;
}

function isWhole({ start, components }: Graph): boolean {
  const targets = Object.values(components).flatMap((component) => outlets(component).map(({ to }) => to));
  return [start, ...targets].every((to) => to === undefined || Object.hasOwn(components, to));
}

type Graph = Pick<Journey, "start" | "components">;

/** The valid components of a document that has problems. A target may be missing in this graph: see `isWhole`. */
export function graphOf(input: unknown): Graph {
  const { start, components } = members(input);
  const readable = entries(components).flatMap(([id, raw]) => {
    const component = ID.test(id) ? valid(schema, raw) : undefined;
    return component ? [[id, component] as const] : [];
  });
  return { start: typeof start === "string" ? start : "", components: Object.fromEntries(readable) };
}

function waitProblems(component: ComponentOf<"wait">, path: readonly (string | number)[]): Problem[] {
  const both = component.for !== undefined && component.until !== undefined;
  const neither = component.for === undefined && component.until === undefined;
  if (!both && !neither) return [];
  const message = both
    ? "A wait has either for or until, not both. Remove one."
    : 'A wait needs for (such as "PT1H") or until (a time of day, or a field).';
  return [{ path: pathText(path), code: both ? "for-and-until" : "missing-member", message }];
}
