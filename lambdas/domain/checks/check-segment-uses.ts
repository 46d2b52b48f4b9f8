/** Whether an edit of a segment would break a journey or a segment that uses it. */
import type { Problem } from "../documents/problem.ts";
import type { Journey } from "../journey/journey.ts";
import { namedSegments } from "../segments/named-segments.ts";
import type { SegmentConditions } from "../segments/resolve-segments.ts";
import type { Segment } from "../segments/segment.ts";
import { conditionProblems } from "./check-conditions.ts";
import { checkSegment } from "./check-segment.ts";

/** `segments`: the live segments. A problem that the document had before the edit is not reported. */
export function useProblems(edited: Segment, segments: SegmentConditions, journeys: readonly Journey[]): Problem[] {
  const after = new Map(segments).set(edited.id, edited.where);
  const concerned = usersOf(edited.id, segments);
  const inSegments = [...segments].flatMap(([id, where]) => {
    if (id === edited.id || !concerned.has(id)) return [];
    const problems = (by: SegmentConditions) => {
      const checked = checkSegment({ id, kind: "segment", name: id, where }, by);
      return "problems" in checked ? checked.problems : [];
    };
    return newOnes(problems(segments), problems(after)).map((problem) => ofUser(`The segment "${id}"`, problem));
  });
  const inJourneys = journeys.flatMap((journey) => {
    if (!namedSegments(journey).some((id) => concerned.has(id))) return [];
    const found = newOnes(conditionProblems(journey, segments), conditionProblems(journey, after));
    return found.map((problem) => ofUser(`The journey "${journey.id}"`, problem));
  });
  return [...inSegments, ...inJourneys];
}

/** The segment and all segments that name it, directly or through others. */
export function usersOf(id: string, segments: SegmentConditions): ReadonlySet<string> {
  const users = new Set([id]);
  for (const user of users)
    for (const [other, where] of segments) if (namedSegments({ where }).includes(user)) users.add(other);
  return users;
}

function newOnes(before: readonly Problem[], after: readonly Problem[]): Problem[] {
  const known = new Set(before.map(({ path, code }) => `${path} ${code}`));
  return after.filter(({ path, code }) => !known.has(`${path} ${code}`));
}

const ofUser = (user: string, { path, code, message }: Problem): Problem => ({
  path: "where",
  code,
  message: `${user} uses this segment at ${path}, where it cannot be used any more: ${message}`,
});
