/**
 * Whether a journey may go live. All problems are found at once: the parts that have the right shape are checked for
 * sense even while other parts do not, so that an admin mends a document in one go.
 */

import { brief, check, type Problem } from "../documents/problem.ts";
import { members } from "../documents/unchecked-document.ts";
import { type Journey, journey } from "../journey/journey.ts";
import { contentProblems, type Template, template } from "../messages/template.ts";
import { isShallow } from "../values/json.ts";
import { conditionProblems } from "./check-conditions.ts";
import { graphOf, graphProblems } from "./check-graph.ts";
import { limitProblems, type TemplateClasses } from "./check-limits.ts";
import { liquidProblems } from "./check-liquid.ts";
import { referenceProblems } from "./check-references.ts";

/** Objects nested deeper than any good document are refused before anything walks them. */
const MOST_NESTED = 64;

export type Checked<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** `templates`: the ids of the templates that exist, and where it is known, their class. */
export function checkJourney(input: unknown, templates: ReadonlySet<string> | TemplateClasses): Checked<Journey> {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const shape = check(journey, input);
  const graph = "value" in shape ? shape.value : graphOf(input);
  const problems = [
    ...("problems" in shape ? shape.problems : []),
    ...referenceProblems(input, new Set(templates.keys())),
    ...conditionProblems(input),
    ...graphProblems(graph),
    ...limitProblems(input, graph, "get" in templates ? templates : new Map()),
  ];
  return "value" in shape && problems.length === 0 ? shape : { problems: distinct(problems) };
}

export function checkTemplate(input: unknown): Checked<Template> {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const shape = check(template, input);
  const problems = ["problems" in shape ? shape.problems : [], contentProblems(input), liquidProblems(members(input))];
  return "value" in shape && problems.flat().length === 0 ? shape : { problems: distinct(problems.flat()) };
}

const tooDeep: Problem = {
  path: "",
  code: "too-deep",
  message: `The document is nested deeper than ${MOST_NESTED} levels. Nothing good is; look for a part that contains itself.`,
};

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map((problem) => [`${problem.path} ${problem.code}`, problem]));
  return [...seen.values()].map((problem) => ({ ...problem, message: brief(problem.message) }));
}
