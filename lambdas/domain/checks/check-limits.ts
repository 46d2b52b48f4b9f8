/** Checks the limits of a journey: that each limit can have an effect, and that waits do not end in quiet hours. */

import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { members, valid } from "../documents/unchecked-document.ts";
import { edges } from "../journey/graph.ts";
import type { Journey } from "../journey/journey.ts";
import { waiting } from "../journey/outlets.ts";
import { type Cap, isQuiet, limits, type QuietHours } from "../messages/limits.ts";
import { durationMilliseconds } from "../time/time.ts";

type Class = "marketing" | "transactional";
/** The class of each template; `undefined` when it is unknown. */
export type TemplateClasses = ReadonlyMap<string, Class | undefined>;

/** The templates of a stack with their classes, for journeys that name them. */
export function classesOf(templates: readonly unknown[]): TemplateClasses {
  return new Map(
    templates.map((template) => {
      const { id, class: kind } = members(template);
      const known = kind === "marketing" || kind === "transactional" ? kind : undefined;
      return [typeof id === "string" ? id : "", known];
    }),
  );
}

export function limitProblems(
  input: unknown,
  graph: Pick<Journey, "start" | "components">,
  classes: TemplateClasses,
): Problem[] {
  const known = valid(limits, members(input).limits);
  if (!known) return [];
  const { cap, quietHours } = known;
  const caps = Array.isArray(cap) ? cap : [];
  const quiet = typeof quietHours === "object" ? quietHours : undefined;
  return [
    ...caps.flatMap((each, index) => delayProblems(each, ["limits", "cap", index])),
    ...idleCaps(caps),
    ...(quiet ? [...delayProblems(quiet, ["limits", "quietHours"]), ...quietProblems(quiet)] : []),
    ...(quiet && quiet.from !== quiet.to ? waitsInQuietHours(quiet, graph, classes) : []),
  ];
}

const problem = (path: Path, code: string, message: string): Problem => ({ path: pathText(path), code, message });

function delayProblems({ otherwise, atMost }: Pick<Cap, "otherwise" | "atMost">, path: Path): Problem[] {
  if (atMost === undefined || otherwise === "delay") return [];
  const message = `Nothing is delayed when otherwise is "${otherwise}", so atMost says nothing. Remove it, or make otherwise "delay".`;
  return [problem([...path, "atMost"], "at-most-without-delay", message)];
}

function quietProblems({ from, to }: QuietHours): Problem[] {
  if (from !== to) return [];
  const message = `Quiet hours from ${from} to ${to} are no time, or all of it. Give them an end that differs from their start.`;
  return [problem(["limits", "quietHours", "to"], "quiet-hours-empty", message)];
}

/** Finds caps that never have an effect because a stricter cap always applies first. */
function idleCaps(caps: readonly Cap[]): Problem[] {
  const length = ({ within }: Cap) => durationMilliseconds(within);
  return caps.flatMap((cap, index) => {
    const stricter = caps.findIndex(
      (other, at) =>
        at !== index &&
        (other.class ?? "marketing") === (cap.class ?? "marketing") &&
        other.max <= cap.max &&
        length(other) >= length(cap) &&
        (other.max < cap.max || length(other) > length(cap) || at < index),
    );
    if (stricter < 0) return [];
    const { max, within } = caps[stricter] as Cap;
    const message = `This cap of ${cap.max} in ${cap.within} is never reached, because the cap of ${max} in ${within} comes first. Remove one of them.`;
    return [problem(["limits", "cap", index], "cap-never-reached", message)];
  });
}

/** Finds waits that end in the quiet hours and lead to a message that the quiet hours hold back. */
function waitsInQuietHours(quiet: QuietHours, graph: Pick<Journey, "start" | "components">, classes: TemplateClasses) {
  const next = edges(graph);
  return Object.entries(graph.components).flatMap(([id, component]) => {
    if (component.type !== "wait" || !component.until || "field" in component.until) return [];
    const { time, timezone } = component.until;
    // With a zone of its own, the wait ends at a different local hour for each customer.
    if (timezone !== undefined || !isQuiet(quiet, time)) return [];
    const sender = firstSender(id);
    if (sender === undefined) return [];
    const becomes = { skip: "skipped", delay: `delayed until ${quiet.to}`, exit: "the end of the journey" };
    const message = `The wait ends at ${time}, in the quiet hours from ${quiet.from} to ${quiet.to}: the message "${sender}" would always be ${becomes[quiet.otherwise]}. Wait for another time, or change the quiet hours.`;
    return [problem(["components", id, "until", "time"], "wait-in-quiet-hours", message)];
  });

  /** The first component after the wait that sends a message the quiet hours concern, with no other wait before it. */
  function firstSender(wait: string): string | undefined {
    const seen = new Set([wait]);
    for (const id of seen)
      for (const to of next.get(id) ?? []) {
        const component = graph.components[to];
        if (component?.type === "sendTemplate" && isConcerned(classes.get(component.template))) return to;
        if (component && !waiting.has(component.type)) seen.add(to);
      }
    return undefined;
  }

  function isConcerned(kind: Class | undefined): boolean {
    return quiet.class === "all" || (quiet.class ?? "marketing") === kind;
  }
}
