/** Claims that a condition always has the same answer when customers come to it, or that a branch is never taken. */
import type { Condition } from "../../conditions/condition.ts";
import type { Path as DocumentPath, Problem } from "../../documents/problem.ts";
import type { ComponentOf } from "../../journey/component.ts";
import type { Place } from "../explore.ts";
import { exampleOf, leavingPaths, type Model } from "../paths.ts";
import { ways } from "../ways.ts";
import { claim } from "./claim.ts";

export function certainBranches(model: Model): Problem[] {
  return Object.entries(model.journey.components).flatMap(([id, component]) => {
    const [own, byHand] = [placesAt(model.own, id), placesAt(model.byHand, id)];
    if (own.length === 0) return [];
    if (component.type === "condition") return ofCondition(model, id, component, own, byHand);
    if (component.type === "waitFor") return ofWaitFor(model, id, component, own, byHand);
    return component.type === "messageStatusRule" ? ofRule(model, id, component, own, byHand) : [];
  });
}

const placesAt = (places: readonly Place[], id: string) => places.filter(({ componentId }) => componentId === id);

const isTaken = (places: readonly Place[], outlet: number) =>
  places.some(({ next }) => next.some((each) => each.outlet === outlet));

const canBe = (places: readonly Place[], when: Condition, isTrue: boolean) =>
  places.some(({ facts }) => ways(when, isTrue, facts).length > 0);

function ofCondition(
  model: Model,
  id: string,
  { branches }: ComponentOf<"condition">,
  own: readonly Place[],
  byHand: readonly Place[],
): Problem[] {
  const problems: Problem[] = [];
  for (const [index, { when }] of branches.entries()) {
    const path = ["components", id, "branches", index, "when"];
    if (!canBe(own, when, false)) {
      const except = canBe(byHand, when, false)
        ? " (A customer who enters by an audience run without the event can take another path.)"
        : "";
      const message = `Every customer who comes here meets this condition, so no later branch is taken.${except}`;
      return [
        ...problems,
        ...told(
          model,
          path,
          "condition-always-true",
          message,
          leavingPaths(own, (outlet) => outlet === index),
        ),
      ];
    }
    const all = [...own, ...byHand];
    if (!canBe(all, when, true))
      problems.push(
        ...told(
          model,
          path,
          "condition-always-false",
          "No customer who comes here meets this condition.",
          leavingPaths(own),
        ),
      );
    else if (!isTaken(all, index))
      problems.push(
        ...told(
          model,
          path,
          "branch-never-taken",
          "Every customer who meets this condition takes an earlier branch.",
          leavingPaths(own),
        ),
      );
  }
  return problems;
}

function ofWaitFor(
  model: Model,
  id: string,
  { branches }: ComponentOf<"waitFor">,
  own: readonly Place[],
  byHand: readonly Place[],
): Problem[] {
  return branches.flatMap(({ where }, index) => {
    if (!where || isTaken([...own, ...byHand], index)) return [];
    const message = "No event or change meets this condition for a customer who comes here.";
    return told(
      model,
      ["components", id, "branches", index, "where"],
      "condition-always-false",
      message,
      leavingPaths(own),
    );
  });
}

function ofRule(
  model: Model,
  id: string,
  { message, status }: ComponentOf<"messageStatusRule">,
  own: readonly Place[],
  byHand: readonly Place[],
): Problem[] {
  if (isTaken([...own, ...byHand], 1)) return [];
  const text = `Every customer who comes here has "${message}" ${status} already, so "notMet" is never taken.`;
  return told(
    model,
    ["components", id],
    "condition-always-true",
    text,
    leavingPaths(own, (outlet) => outlet === 0),
  );
}

function told(
  model: Model,
  path: DocumentPath,
  code: string,
  message: string,
  paths: ReturnType<typeof leavingPaths>,
): Problem[] {
  const found = exampleOf(model, paths);
  return found ? [claim(path, code, message, found.walked.example, found.path)] : [];
}
