/**
 * Checks whether a segment may go live: its form, its size, the data that it reads, and the segments that it names. All
 * problems are reported at once.
 */

import { documentHints } from "../documents/document-hints.ts";
import { checkAll, type Problem } from "../documents/problem.ts";
import { members } from "../documents/unchecked-document.ts";
import { segmentsIn } from "../segments/named-segments.ts";
import type { SegmentConditions } from "../segments/resolve-segments.ts";
import { type Segment, segment } from "../segments/segment.ts";
import { placeProblems } from "./check-condition.ts";
import { conditionSizeProblems } from "./check-size.ts";
import { type Checked, checked, distinct, tooDeepProblem, unusableValues } from "./checked.ts";

/** A segment may name another segment, which may name a third, and so on: at most this many in a row. */
const MOST_NESTED = 5;

/** `segments`: the other segments. */
export function checkSegment(input: unknown, segments: SegmentConditions): Checked<Segment> {
  const deep = tooDeepProblem(input);
  if (deep) return { problems: [deep] };
  const { id, where } = members(input);
  const sizes = conditionSizeProblems(where, ["where"]);
  if (sizes.length > 0) return { problems: sizes };
  const shape = checkAll(segment, input, documentHints);
  const problems = distinct([
    ...unusableValues(input),
    ...("problems" in shape ? shape.problems : []),
    ...placeProblems(where, place, segments),
    ...nestingProblems(String(id), where, segments),
  ]);
  return checked(shape, problems);
}

const about = "A segment is about the customer, whatever they do at the moment. Compare customer.*.";
const place = {
  path: ["where"],
  noEvent: about,
  noEnrollment: () => about,
  noMessage: "A segment knows no messages: they belong to one journey. Ask about messages in the journey.",
};

/** A segment that names itself, or too many segments in a row. */
function nestingProblems(id: string, where: unknown, segments: SegmentConditions): Problem[] {
  const longest = longestChain(id, where, segments);
  const chain = longest.map((each) => `"${each}"`).join(" → ");
  if (longest.length > 1 && longest.at(-1) === id)
    return [
      { path: "where", code: "segment-cycle", message: `The segment names itself: ${chain}. Remove one of them.` },
    ];
  if (longest.length <= MOST_NESTED) return [];
  const message = `Segments may name each other ${MOST_NESTED} in a row; this is longer: ${chain}. Put two of them together.`;
  return [{ path: "where", code: "segment-too-deep", message }];
}

/** The longest chain of names that begins with the segment. A chain ends when it comes back to one of its segments. */
function longestChain(id: string, where: unknown, segments: SegmentConditions): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const after = (name: string, condition: unknown, before: readonly string[]): readonly string[] => {
    const found = known.get(name);
    if (found) return found;
    const path = [...before, name];
    const chains = segmentsIn(condition).map((next) =>
      path.includes(next) ? [next] : after(next, segments.get(next), path),
    );
    const cycle = chains.find((chain) => chain.at(-1) === id);
    const longest = cycle ?? chains.reduce((a, b) => (b.length > a.length ? b : a), []);
    known.set(name, [name, ...longest]);
    return [name, ...longest];
  };
  return after(id, where, []);
}
