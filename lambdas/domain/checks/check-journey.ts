/**
 * Checks whether a journey or a template may go live. All problems are reported at once: parts of the right shape are
 * checked even when other parts have the wrong shape, so that an admin can fix them all in one edit.
 */

import { brief, checkAll, first, isError, type Problem } from "../documents/problem.ts";
import { entries, type Members, members } from "../documents/unchecked-document.ts";
import { isStorable, numberProblems, textProblems } from "../documents/unusable-values.ts";
import { ID } from "../documents/vocabulary.ts";
import { component } from "../journey/component.ts";
import { type Journey, journey } from "../journey/journey.ts";
import type { SharedText, SharedTexts } from "../messages/shared-text.ts";
import { layout, layoutProblems, partial } from "../messages/shared-text-schema.ts";
import { contentProblems, type Template, template } from "../messages/template.ts";
import { textsOf } from "../messages/template-texts.ts";
import { isShallow } from "../values/json.ts";
import { conditionProblems } from "./check-conditions.ts";
import { liquidInDataProblems } from "./check-data.ts";
import { graphOf, graphProblems } from "./check-graph.ts";
import { htmlWarnings } from "./check-html.ts";
import { limitProblems, type TemplateClasses } from "./check-limits.ts";
import { liquidProblems } from "./check-liquid.ts";
import { referenceProblems } from "./check-references.ts";
import { sharedProblems } from "./check-shared.ts";
import { checkSize } from "./check-size.ts";
import { statusProblems, type TemplateChannels } from "./check-statuses.ts";
import { triggerProblems } from "./check-trigger.ts";
import { missingDataProblems, type TemplateVariables, variableProblems } from "./check-variables.ts";

/** A document with deeper nesting is refused before any recursive function reads it. */
const MOST_NESTED = 64;

/** A document that may go live may still have warnings. With an error, `problems` holds the warnings too. */
export type Checked<T> =
  | { readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

/**
 * `templates`: the ids of the templates that exist, and where it is known, their class. `variables`: what those of the
 * templates read whose text is known.
 */
export function checkJourney(
  input: unknown,
  templates: ReadonlySet<string> | TemplateClasses,
  variables: TemplateVariables = new Map(),
  channels: TemplateChannels = new Map(),
): Checked<Journey> {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const { document, problems: sizes } = checkSize(input);
  if (document === undefined) return { problems: sizes };
  const before = [...unusableValues(input), ...sizes, ...statusProblems(document, channels)];
  return checkSized(document, before, templates, variables);
}

function checkSized(
  input: unknown,
  sizes: readonly Problem[],
  templates: ReadonlySet<string> | TemplateClasses,
  variables: TemplateVariables,
): Checked<Journey> {
  const shape = checkAll(journey, input);
  const graph = "value" in shape ? shape.value : graphOf(input);
  const problems = distinct([
    ...sizes,
    ...("problems" in shape ? shape.problems : []),
    ...underBadIds(input),
    ...referenceProblems(input, new Set(templates.keys())),
    ...triggerProblems(input),
    ...conditionProblems(input),
    ...graphProblems(graph),
    ...limitProblems(input, graph, "get" in templates ? templates : new Map()),
  ]);
  return checked(shape, [...problems, ...liquidInDataProblems(input), ...missingDataProblems(input, variables)]);
}

/**
 * `dataNames`: the names that components give to the template. `undefined`: the components are not known.
 * `shared`: the layouts and partials that it may use.
 */
export function checkTemplate(
  input: unknown,
  dataNames?: ReadonlySet<string>,
  shared: SharedTexts = {},
): Checked<Template> {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const shape = checkAll(template, input);
  const document = members(input);
  const unreadable = liquidProblems(document);
  const problems = distinct([
    ...unusableValues(input),
    ...("problems" in shape ? shape.problems : []),
    ...contentProblems(input),
    ...unreadable,
  ]);
  const warnings = unreadable.length === 0 ? warningsOf(document) : [];
  const named = [...variableProblems(document, dataNames), ...sharedProblems(document, shared, dataNames)];
  return checked(shape, [...problems, ...named, ...warnings]);
}

/** Checks a layout or a partial by itself. Its variables are checked with each template that uses it. */
export function checkShared(input: unknown, shared: SharedTexts = {}): Checked<SharedText> {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const document = members(input);
  const shape = checkAll<SharedText>(document.kind === "layout" ? layout : partial, input);
  const unreadable = liquidProblems(document);
  const problems = distinct([
    ...unusableValues(input),
    ...("problems" in shape ? shape.problems : []),
    ...layoutProblems(input),
    ...unreadable,
    ...[...sharedProblems(document, shared, undefined), ...variableProblems(document, undefined)].filter(isError),
  ]);
  return checked(shape, [...problems, ...(unreadable.length === 0 ? warningsOf(document) : [])]);
}

function warningsOf(document: Members): Problem[] {
  const html = textsOf(document).filter(({ part }) => part === "html");
  return html.flatMap(({ source, path }) => htmlWarnings(source, path));
}

function checked<T>(shape: { value: T } | { problems: Problem[] }, found: readonly Problem[]): Checked<T> {
  const problems = first(found.map((problem) => ({ ...problem, message: brief(problem.message) })));
  return "value" in shape && !problems.some(isError) ? { value: shape.value, warnings: problems } : { problems };
}

function unusableValues(input: unknown): Problem[] {
  return [...numberProblems(input, isStorable), ...textProblems(input)];
}

/** The problems of components with a bad id: the schema does not look at the value of a bad name. */
function underBadIds(input: unknown): Problem[] {
  return entries(members(input).components).flatMap(([id, raw]) => {
    const checked = ID.test(id) ? undefined : checkAll(component, raw);
    if (!checked || !("problems" in checked)) return [];
    return checked.problems.map((problem) => ({
      ...problem,
      path: [`components.${id}`, problem.path].filter((part) => part !== "").join("."),
    }));
  });
}

const tooDeep: Problem = {
  path: "",
  code: "too-deep",
  message: `The document is nested deeper than ${MOST_NESTED} levels. Nothing good is; look for a part that contains itself.`,
};

/** The schema and a check may both report the same mistake. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.code}`, problem])).values()];
}
