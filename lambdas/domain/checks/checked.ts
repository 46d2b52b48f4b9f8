/** What the checks of all kinds of documents have in common: the result, and the problems that any document may have. */
import { brief, first, isError, type Problem } from "../documents/problem.ts";
import { isStorable, numberProblems, textProblems } from "../documents/unusable-values.ts";
import { isShallow } from "../values/json.ts";

/** A document that may go live may still have warnings. With an error, `problems` holds the warnings too. */
export type Checked<T> =
  | { readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

export function checked<T>(shape: { value: T } | { problems: Problem[] }, found: readonly Problem[]): Checked<T> {
  const problems = first(found.map((problem) => ({ ...problem, message: brief(problem.message) })));
  return "value" in shape && !problems.some(isError) ? { value: shape.value, warnings: problems } : { problems };
}

/** The schema and a check may both report the same mistake. */
export function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.code}`, problem])).values()];
}

export function unusableValues(input: unknown): Problem[] {
  return [...numberProblems(input, isStorable), ...textProblems(input)];
}

/** A document with deeper nesting is refused before any recursive function reads it. */
const MOST_NESTED = 64;

export function tooDeepProblem(input: unknown): Problem | undefined {
  if (isShallow(input, MOST_NESTED)) return undefined;
  const message = `The document is nested deeper than ${MOST_NESTED} levels. Nothing good is; look for a part that contains itself.`;
  return { path: "", code: "too-deep", message };
}
