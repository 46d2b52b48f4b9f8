/** Claims about exit rules and goals: no event or change meets them, or a goal's time is over before any message. */
import type { Rule } from "../../conditions/rule.ts";
import type { Problem } from "../../documents/problem.ts";
import { DEFAULT_GOAL_WITHIN } from "../../journey/goal-deadline.ts";
import { durationMilliseconds, toMilliseconds } from "../../time/time.ts";
import { earliest } from "../earliest.ts";
import { EXAMPLE_START } from "../example.ts";
import { afterTime, type Facts } from "../facts.ts";
import { exampleOf, leavingPaths, type Model } from "../paths.ts";
import { ways } from "../ways.ts";
import { claim } from "./claim.ts";

/** `starts`: what is certain of customers at entry. */
export function neverMet(model: Model, starts: readonly Facts[]): Problem[] {
  const { exit = [], goals = [] } = model.journey;
  const certain = starts.map(afterTime);
  const isNever = ({ event, where }: Omit<Rule, "id">) =>
    where !== undefined &&
    certain.every((facts) => ways(where, true, facts, event === undefined ? "inside" : "awaited").length === 0);
  const lists = { exit, goals };
  return (["exit", "goals"] as const).flatMap((list) =>
    lists[list].flatMap((rule, index) => {
      const found = isNever(rule) ? exampleOf(model, leavingPaths(model.own.slice(0, 1))) : undefined;
      if (!found) return [];
      const message = `No event or change meets the ${list === "exit" ? "exit rule" : "goal"} "${rule.id}".`;
      return [claim([list, index, "where"], "condition-always-false", message, found.walked.example, found.path)];
    }),
  );
}

export function goalsBeforeMessages(model: Model): Problem[] {
  const senders = [model.own, model.byHand].flatMap((places) =>
    [...earliest(model.journey, places)].filter(
      ([{ componentId }]) => model.journey.components[componentId]?.type === "sendTemplate",
    ),
  );
  const first = senders.toSorted(([, a], [, b]) => a - b)[0];
  if (!first) return [];
  const [place, after] = first;
  return (model.journey.goals ?? []).flatMap((goal, index) => {
    const within = goal.within ?? DEFAULT_GOAL_WITHIN;
    const length = durationMilliseconds(within);
    if (after <= length) return [];
    const found = exampleOf(
      model,
      leavingPaths([place]),
      ({ sent }) => sent[0] !== undefined && toMilliseconds(sent[0].at) - toMilliseconds(EXAMPLE_START) > length,
    );
    if (!found) return [];
    const message = `The goal "${goal.id}" counts for ${within} after entry, but the first message is sent later. Give it more time.`;
    return [
      claim(
        ["goals", index, ...(goal.within === undefined ? [] : ["within"])],
        "goal-before-message",
        message,
        found.walked.example,
        found.path,
      ),
    ];
  });
}
