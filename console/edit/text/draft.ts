/**
 * The text of a journey while a person writes it: the document as far as it can be read, its problems with their
 * places, and its picture. The stack makes the same checks, so a text without an error can be published.
 */
import { type Node, parseTree } from "jsonc-parser";
import { foreignForm } from "../../../insight/documents/foreign-forms.ts";
import { parseJson } from "../../../insight/documents/json-text.ts";
import { nodesOf, type PlacedProblem } from "../../../insight/documents/places.ts";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { classesOf, type TemplateClasses } from "../../../lambdas/domain/checks/check-limits.ts";
import { QUICK, withModel } from "../../../lambdas/domain/checks/check-model.ts";
import { channelsOf, type TemplateChannels } from "../../../lambdas/domain/checks/check-statuses.ts";
import { type TemplateVariables, variablesOf } from "../../../lambdas/domain/checks/check-variables.ts";
import { isError, type Problem } from "../../../lambdas/domain/documents/problem.ts";
import { type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { SegmentConditions } from "../../../lambdas/domain/segments/resolve-segments.ts";
import { segmentsAmong } from "../../../lambdas/domain/segments/segment.ts";
import { cardOfPath } from "../picture/cards.ts";

/** The facts about the stack that the checks need. */
export interface Surroundings {
  readonly classes: TemplateClasses;
  readonly variables: TemplateVariables;
  readonly channels: TemplateChannels;
  /** The conditions of the saved segments. */
  readonly segments: SegmentConditions;
  /** The id that the journey has, when it was saved before. */
  readonly id: string | undefined;
  /** The ids of the other journeys. */
  readonly taken: ReadonlySet<string>;
}

export interface DraftProblem extends Problem {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** The card of the picture that the problem is about. */
  readonly card?: string;
}

export interface Draft {
  readonly text: string;
  /** The readable part of the text. */
  readonly value: Members;
  /** Whether the text is JSON. Only JSON can be edited on the picture. */
  readonly isJson: boolean;
  /** The parsed journey, when there is no error. */
  readonly journey?: Journey;
  readonly problems: readonly DraftProblem[];
}

export function surroundingsOf(
  templates: readonly unknown[],
  id: string | undefined,
  taken: ReadonlySet<string>,
  segments: readonly unknown[] = [],
): Surroundings {
  return {
    classes: classesOf(templates),
    variables: variablesOf(templates),
    channels: channelsOf(templates),
    segments: segmentsAmong(segments),
    id,
    taken,
  };
}

/**
 * Checks everything but the paths of the journey. `withPathWarnings` checks the paths, which takes as long as all other
 * checks.
 */
export function draftOf(text: string, surroundings: Surroundings): Draft {
  const read = parseJson(text);
  const value = members(read.value);
  const place = placer(text, value);
  if ("problems" in read) return { text, value, isJson: false, problems: read.problems.map(place) };
  const foreign = foreignForm(value);
  if (foreign) return { text, value, isJson: true, problems: [place(foreign)] };
  const { classes, variables, channels, segments } = surroundings;
  const checked = checkJourney(value, classes, variables, channels, segments);
  const found = "problems" in checked ? checked.problems : checked.warnings;
  const problems = [...idProblems(value, surroundings), ...found].map(place);
  const isGood = "value" in checked && !problems.some(isError);
  return { text, value, isJson: true, problems, ...(isGood && { journey: checked.value }) };
}

/**
 * Returns a draft with the same objects `value` and `journey`, so that the page does not ask the server again about an
 * unchanged text.
 */
export function withPathWarnings(draft: Draft, { classes, segments }: Surroundings): Draft {
  const { text, value, journey, problems } = draft;
  if (!journey) return draft;
  const checked = withModel({ value: journey, warnings: problems }, classes, segments, QUICK);
  if ("problems" in checked) return draft;
  const known = new Map<Problem, DraftProblem>(problems.map((problem) => [problem, problem]));
  const place = placer(text, value);
  return { ...draft, problems: checked.warnings.map((problem) => known.get(problem) ?? place(problem)) };
}

function idProblems({ id }: Members, { id: known, taken }: Surroundings): Problem[] {
  if (known !== undefined && id !== known) {
    const message = `The id of this journey is "${known}". Another id is another journey: write it as a new one.`;
    return [{ path: "id", code: "other-id", message }];
  }
  if (known !== undefined || typeof id !== "string" || !taken.has(id)) return [];
  return [{ path: "id", code: "duplicate-id", message: `There is a journey "${id}" already. Choose another id.` }];
}

/** Finds the part of the text that a problem is about. A missing member is a problem of the part that lacks it. */
function placer(text: string, value: Members): (problem: PlacedProblem) => DraftProblem {
  const starts = lineStarts(text);
  const root = parseTree(text, [], { allowTrailingComma: true });
  const nodeAt = root && nodesOf(root);
  return (problem) => {
    const node = problem.line === undefined ? nodeAt?.(problem.path) : undefined;
    const from = node?.offset ?? (starts[(problem.line ?? 1) - 1] ?? 0) + (problem.column ?? 1) - 1;
    const to = node ? endOf(node) : from;
    const card = cardOfPath(problem.path, value);
    return { ...problem, from, to, line: lineOf(starts, from), ...(card !== undefined && { card }) };
  };
}

/** Of an object or list only the start is marked, because marking all of it would make much of the text red. */
function endOf(node: Node): number {
  const value = node.type === "property" ? node.children?.[1] : node;
  const isLong = value?.type === "object" || value?.type === "array";
  return isLong && value ? value.offset + 1 : node.offset + node.length;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  const after = starts.findIndex((start) => start > offset);
  return after < 0 ? starts.length : after;
}
