/** The lines of an archive, and the problems of lines that cannot be read. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { type Time, toTime } from "../../lambdas/domain/time/time.ts";
import { type ArchivedCustomer, readCustomer } from "../../proof/replay/archive.ts";

export interface Line {
  /** The number of the line in the file. The header is line 1. */
  readonly number: number;
  readonly text: string;
  /** Whether an earlier line has the same customer. */
  readonly isRepeated?: true;
}

export interface LineProblem {
  /** The number of the line. */
  readonly line: number;
  readonly problem: Problem;
}

type ReadLine = { readonly value: ArchivedCustomer } | { readonly problems: readonly LineProblem[] };

/** `covered`: the time that the archive covers. An event outside of it would be delivered at another time, or never. */
export function readLine(
  { number: line, text, isRepeated }: Line,
  covered: { readonly from: Time; readonly until: Time },
): ReadLine {
  const read = isRepeated ? { problems: [repeated] } : readCustomer(text);
  const problems = "value" in read ? outside(read.value, covered) : read.problems;
  return "value" in read && problems.length === 0 ? read : { problems: problems.map((problem) => ({ line, problem })) };
}

const repeated: Problem = {
  path: "customerId",
  code: "repeated-customer",
  message: "An earlier line has the same customer. Put all events of a customer into one line.",
};

function outside({ events = [] }: ArchivedCustomer, { from, until }: { from: Time; until: Time }): Problem[] {
  return events.flatMap(({ at }, index) => {
    const time = toTime(at) ?? at;
    const message = `${at} is outside the time from ${from} until ${until}, which the first line of the archive names.`;
    return time < from || time > until ? [{ path: `events[${index}].at`, code: "outside-archive", message }] : [];
  });
}
