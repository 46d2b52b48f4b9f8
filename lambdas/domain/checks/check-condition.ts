/**
 * Checks that one condition reads only data that exists at its place. A place that nothing evaluates when time passes
 * also forbids clock operators. A named segment must exist, and the place must allow its condition.
 */
import { type Condition, condition as schema } from "../conditions/condition.ts";
import { eachLeaf, eachSegment, type Leaf, leafCount, leaves } from "../conditions/condition-tree.ts";
import { operatorOf, operators } from "../conditions/operators.ts";
import { valuePath } from "../conditions/value-path.ts";
import { check, type Path, type Problem, pathText } from "../documents/problem.ts";
import { items, members, valid } from "../documents/unchecked-document.ts";
import { fieldPath } from "../documents/vocabulary.ts";
import { resolveCondition, type SegmentConditions } from "../segments/resolve-segments.ts";
import { didYouMean } from "../values/did-you-mean.ts";
import { parsePath } from "../values/path.ts";
import { comparisonWarnings } from "./check-comparison.ts";

/** The data that a condition may read at one place of a document. */
export interface Place {
  readonly path: Path;
  /** The message when the condition reads a path of `enrollment.*`; absent where it may. */
  readonly noEnrollment?: (path: string) => string;
  /** The message when the condition reads `event.*`; absent where it may. */
  readonly noEvent?: string;
  readonly noCount?: true;
  readonly noMessage?: string;
  /** Whether nothing evaluates this condition when only time passes. */
  readonly noClock?: true;
  /** Whether the journey has no key. */
  readonly noKey?: true;
}

/** A condition may have at most this many comparisons, including the comparisons of its segments. */
export const MOST_WITH_SEGMENTS = 1000;

export function placeProblems(value: unknown, place: Place, segments: SegmentConditions): Problem[] {
  const condition = value === undefined ? undefined : valid(schema, value);
  if (!condition) return fieldProblems(value, place.path);
  const problems: Problem[] = [];
  const add = (path: Path, code: string, message: string) => problems.push({ path: pathText(path), code, message });
  eachLeaf(condition, (leaf, below) => {
    const at = [...place.path, ...below];
    if ("field" in leaf) {
      problems.push(...pathProblems(leaf.field, [...at, "field"], place), ...comparisonWarnings(leaf, at));
      const compared = valuePath(leaf);
      if (compared !== undefined) problems.push(...pathProblems(compared, [...at, "value", "path"], place));
      if (place.noClock && operatorOf(leaf.operator).clock)
        add([...at, "operator"], "clock-condition", `"${leaf.operator}" ${byTheClock}`);
    } else if ("event" in leaf && place.noCount)
      add(at, "condition-not-allowed", "Events can be counted only in the trigger and in condition components.");
    else if ("message" in leaf && place.noMessage !== undefined) add(at, "condition-not-allowed", place.noMessage);
  });
  return [...problems, ...segmentProblems(condition, place, segments)];
}

function segmentProblems(condition: Condition, place: Place, segments: SegmentConditions): Problem[] {
  const problems: Problem[] = [];
  const comparisons = leafCount(resolveCondition(condition, segments));
  const isTooLarge = comparisons > MOST_WITH_SEGMENTS;
  eachSegment(condition, ({ segment }, below) => {
    const path = [...place.path, ...below, "segment"];
    const message = `Segment "${segment}" does not exist.${didYouMean(segment, segments.keys())}`;
    if (!segments.has(segment)) problems.push(problem(path, "unknown-segment", message));
    else if (!isTooLarge) problems.push(...useProblems(segment, path, place, segments));
  });
  if (!isTooLarge) return problems;
  const message = `With its segments, this condition has ${comparisons} comparisons; it may have ${MOST_WITH_SEGMENTS}. Set an attribute in the app.`;
  return [...problems, problem(place.path, "condition-too-large", message)];
}

const byTheClock =
  "becomes true by the clock alone, and nothing would look again when it does. Compare with a fixed time (before, after), or watch for an event.";

/** A segment whose condition the place does not allow. */
function useProblems(segment: string, path: Path, place: Place, segments: SegmentConditions): Problem[] {
  const inside = leaves(resolveCondition({ segment }, segments));
  const clock = place.noClock ? inside.map(clockOperator).find((operator) => operator !== undefined) : undefined;
  if (clock !== undefined)
    return [
      problem(path, "clock-condition", `The segment "${segment}" has the operator "${clock}", which ${byTheClock}`),
    ];
  if (!place.noCount || !inside.some((leaf) => "event" in leaf)) return [];
  if (place.noClock)
    return [
      problem(
        path,
        "clock-condition",
        `The segment "${segment}" counts events of some time. The count changes by the clock alone, and nothing would look again when it does. Watch for an event.`,
      ),
    ];
  return [
    problem(
      path,
      "condition-not-allowed",
      `The segment "${segment}" counts events. Events can be counted only in the trigger and in condition components.`,
    ),
  ];
}

function clockOperator(leaf: Leaf): string | undefined {
  return "field" in leaf && operatorOf(leaf.operator).clock ? leaf.operator : undefined;
}

const problem = (path: Path, code: string, message: string): Problem => ({ path: pathText(path), code, message });

/**
 * The schema of a comparison depends on its operator, so the schema says nothing about the field when the operator is
 * wrong.
 */
function fieldProblems(raw: unknown, path: Path): Problem[] {
  const { all, any, not, field, operator } = members(raw);
  const below = [
    ...items(all).map(([index, part]) => [part, ["all", index]] as const),
    ...items(any).map(([index, part]) => [part, ["any", index]] as const),
    ...(not === undefined ? [] : [[not, ["not"]] as const]),
  ].flatMap(([part, at]) => fieldProblems(part, [...path, ...at]));
  if (operator === undefined || field === undefined || Object.hasOwn(operators, String(operator))) return below;
  const checked = check(fieldPath("The path of the field"), field);
  const own = "problems" in checked ? checked.problems : [];
  return [...below, ...own.map(({ code, message }) => problem([...path, "field"], code, message))];
}

function pathProblems(path: string, at: Path, { noEvent, noEnrollment, noKey }: Place): Problem[] {
  const { root } = parsePath(path);
  if (root === "event" && noEvent !== undefined) return [problem(at, "event-not-known", noEvent)];
  if (root.startsWith("enrollment") && noEnrollment !== undefined)
    return [problem(at, "enrollment-not-known", noEnrollment(path))];
  if (root !== "enrollment.key" || !noKey) return [];
  return [
    problem(
      at,
      "key-not-known",
      "The trigger has no key, so there is no enrollment.key to compare. Give the trigger a key.",
    ),
  ];
}
