/**
 * Checks whether a journey or a template may go live. All problems are reported at once: parts of the right shape are
 * checked even when other parts have the wrong shape, so that an admin can fix them all in one edit.
 */

import { documentHints } from "../documents/document-hints.ts";
import { checkAll, isError, type Problem } from "../documents/problem.ts";
import { entries, type Members, members } from "../documents/unchecked-document.ts";
import { ID } from "../documents/vocabulary.ts";
import { component } from "../journey/component.ts";
import { type Journey, journey } from "../journey/journey.ts";
import type { SharedText, SharedTexts } from "../messages/shared-text.ts";
import { layout, partial, sharedTextProblems } from "../messages/shared-text-schema.ts";
import { contentProblems, type Template, template } from "../messages/template.ts";
import { textsOf } from "../messages/template-texts.ts";
import type { SegmentConditions } from "../segments/resolve-segments.ts";
import { answerWarnings } from "./check-answers.ts";
import { conditionProblems } from "./check-conditions.ts";
import { liquidInDataProblems } from "./check-data.ts";
import { graphOf, graphProblems } from "./check-graph.ts";
import { limitProblems, type TemplateClasses } from "./check-limits.ts";
import { referenceProblems } from "./check-references.ts";
import { sharedProblems } from "./check-shared.ts";
import { checkSize } from "./check-size.ts";
import { statusProblems, type TemplateChannels } from "./check-statuses.ts";
import { triggerProblems } from "./check-trigger.ts";
import { missingDataProblems, type TemplateVariables, variableProblems } from "./check-variables.ts";
import { type Checked, checked, distinct, tooDeepProblem, unusableValues } from "./checked.ts";
import { htmlWarnings } from "./texts/check-html.ts";
import { liquidProblems } from "./texts/check-liquid.ts";
import { placeholderWarnings } from "./texts/check-placeholders.ts";
import { smsWarnings } from "./texts/check-sms.ts";
import { fixedLengthProblems } from "./texts/fixed-length.ts";

/**
 * `templates`: the ids of the templates that exist, and their class where it is known. `variables` and `channels`: the
 * variables that a template reads, and its channel, for each template whose text is known. `segments`: the segments that
 * exist.
 */
export function checkJourney(
  input: unknown,
  templates: ReadonlySet<string> | TemplateClasses,
  variables: TemplateVariables = new Map(),
  channels: TemplateChannels = new Map(),
  segments: SegmentConditions = new Map(),
): Checked<Journey> {
  const deep = tooDeepProblem(input);
  if (deep) return { problems: [deep] };
  const { document, problems: sizes } = checkSize(input);
  if (document === undefined) return { problems: sizes };
  const before = [...unusableValues(input), ...sizes, ...statusProblems(document, channels)];
  return checkSized(document, before, templates, variables, segments, channels);
}

function checkSized(
  input: unknown,
  sizes: readonly Problem[],
  templates: ReadonlySet<string> | TemplateClasses,
  variables: TemplateVariables,
  segments: SegmentConditions,
  channels: TemplateChannels,
): Checked<Journey> {
  const shape = checkAll(journey, input, documentHints);
  const graph = "value" in shape ? shape.value : graphOf(input);
  const problems = distinct([
    ...sizes,
    ...("problems" in shape ? shape.problems : []),
    ...underBadIds(input),
    ...referenceProblems(input, new Set(templates.keys())),
    ...triggerProblems(input),
    ...conditionProblems(input, segments),
    ...graphProblems(graph),
    ...limitProblems(input, graph, "get" in templates ? templates : new Map()),
  ]);
  const warnings = [
    ...missingDataProblems(input, variables),
    ...("value" in shape ? answerWarnings(shape.value, channels) : []),
  ];
  return checked(shape, [...problems, ...liquidInDataProblems(input), ...warnings]);
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
  const deep = tooDeepProblem(input);
  if (deep) return { problems: [deep] };
  const shape = checkAll(template, input, documentHints);
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
  const tooLong = fixedLengthProblems(document, shared);
  return checked(shape, [...problems, ...tooLong, ...named, ...warnings]);
}

/**
 * Checks a layout or a partial by itself. The variables of a layout or partial are checked with each template that uses
 * it.
 */
export function checkShared(input: unknown, shared: SharedTexts = {}): Checked<SharedText> {
  const deep = tooDeepProblem(input);
  if (deep) return { problems: [deep] };
  const document = members(input);
  const shape = checkAll<SharedText>(document.kind === "layout" ? layout : partial, input, documentHints);
  const unreadable = liquidProblems(document);
  const problems = distinct([
    ...unusableValues(input),
    ...("problems" in shape ? shape.problems : []),
    ...sharedTextProblems(input),
    ...unreadable,
    ...[...sharedProblems(document, shared, undefined), ...variableProblems(document, undefined)].filter(isError),
  ]);
  return checked(shape, [...problems, ...(unreadable.length === 0 ? warningsOf(document) : [])]);
}

function warningsOf(document: Members): Problem[] {
  return textsOf(document).flatMap(({ source, path, part }) => [
    ...placeholderWarnings(source, path),
    ...(part === "html" ? htmlWarnings(source, path) : []),
    ...(part === "text" && document.channel === "sms" ? smsWarnings(source, path) : []),
  ]);
}

/** The problems of components with a bad id: the schema does not look at the value of a bad name. */
function underBadIds(input: unknown): Problem[] {
  return entries(members(input).components).flatMap(([id, raw]) => {
    const checked = ID.test(id) ? undefined : checkAll(component, raw, documentHints);
    if (!checked || !("problems" in checked)) return [];
    return checked.problems.map((problem) => ({
      ...problem,
      path: [`components.${id}`, problem.path].filter((part) => part !== "").join("."),
    }));
  });
}
