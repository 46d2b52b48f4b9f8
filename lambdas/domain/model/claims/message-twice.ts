/**
 * Claims that a customer gets the same template twice: from two components on one path, or from one component in a loop
 * that no customer can leave. A loop with a way out is meant to repeat its messages. A message to customers who have
 * not reacted is a reminder, which is meant to repeat too. With other `data`, a template is another message.
 */

import { leaves } from "../../conditions/condition-tree.ts";
import type { Problem } from "../../documents/problem.ts";
import type { Component, ComponentOf } from "../../journey/component.ts";
import { canonical, type JsonObject } from "../../values/json.ts";
import { conditionsIn, type Place, type Step } from "../explore.ts";
import { exampleOf, type Model, type Path, pathBy } from "../paths.ts";
import { claim } from "./claim.ts";

/** At most this many pairs of components with the same template are checked. */
const MOST_PAIRS = 40;

export function messagesTwice(model: Model): Problem[] {
  const { components, exit = [] } = model.journey;
  const senders = Object.entries(components).flatMap(([id, each]) =>
    each.type === "sendTemplate" ? [{ id, template: each.template, text: contentOf(each) }] : [],
  );
  const pairs = [...Map.groupBy(senders, ({ text }) => text).values()].flatMap((same) =>
    same.flatMap(({ id: second, template }) =>
      same.flatMap(({ id: first }) => (first !== second || exit.length === 0 ? [{ first, second, template }] : [])),
    ),
  );
  const claimed = new Map<string, Problem>();
  for (const { first, second, template } of pairs.slice(0, MOST_PAIRS)) {
    // Each pair once, also where a loop leads from either to the other.
    if (claimed.has(`${second} ${first}`)) continue;
    const paths = pathsBetween(model, first, second);
    const found = exampleOf(
      model,
      paths,
      ({ sent }) =>
        [first, second].every((id) => sent.some(({ componentId }) => componentId === id)) && sent.length > 1,
    );
    if (!found) continue;
    const message =
      first === second
        ? `No customer can leave the loop around "${first}", so each gets the template "${template}" again and again.`
        : `A customer can get the template "${template}" twice, from "${first}" and from "${second}".`;
    claimed.set(
      `${first} ${second}`,
      claim(["components", second], "message-twice", message, found.walked.example, found.path),
    );
  }
  return [...claimed.values()];
}

const contentOf = ({ template, data = {} }: ComponentOf<"sendTemplate">) =>
  `${template} ${canonical(data as JsonObject)}`;

/**
 * Shortest paths that come to `first`, and later to `second`, and leave it. No claim is made about a loop that
 * customers can leave.
 */
function pathsBetween({ own, journey }: Model, first: string, second: string): Path[] {
  const starts = own.filter(({ componentId }) => componentId === first).slice(0, MOST_STARTS);
  return starts.flatMap((start) => {
    const cameBy = new Map<Place, Step>();
    const ends: Path[] = [];
    let canLeave = false;
    const queue = new Set([start]);
    for (const place of queue) {
      const component = journey.components[place.componentId];
      if (component?.type === "wait" && component.until && "field" in component.until) canLeave = true;
      for (const step of place.next) {
        const { to, outlet } = step;
        if (!to) canLeave = true;
        else if (first !== second && component && isReminder(component, outlet, first)) continue;
        else if (!cameBy.has(to)) {
          cameBy.set(to, step);
          queue.add(to);
          if (to.componentId === second && ends.length < MOST_ENDS) ends.push(joined(start, to, cameBy));
        }
      }
    }
    return first === second && canLeave ? [] : ends;
  });
}

/** Whether a message behind the outlet is a reminder: the customer has not reacted, or a condition asks how they reacted. */
function isReminder(component: Component, outlet: number, message: string): boolean {
  if (component.type === "messageStatusRule") return outlet === 1;
  if (component.type === "waitFor") return outlet === component.branches.length;
  return conditionsIn(component).some((condition) =>
    leaves(condition).some((leaf) => "message" in leaf && leaf.message === message),
  );
}

const MOST_STARTS = 2;
const MOST_ENDS = 4;

function joined(start: Place, end: Place, cameBy: ReadonlyMap<Place, Step>): Path {
  const after = end.next.slice(0, 1);
  let step = cameBy.get(end);
  while (step && step.place !== start) {
    after.unshift(step);
    step = cameBy.get(step.place);
  }
  return step ? [...pathBy(step), ...after] : [];
}
