/** The first decision at which two replays of one customer differ. Versions are numbered per side, so they are no difference. */
import type { Time } from "../../lambdas/domain/time/time.ts";
import { canonical, type Json } from "../../lambdas/domain/values/json.ts";
import type { CustomerLine } from "../../simulator/timeline.ts";

export interface Difference {
  readonly at: Time;
  readonly customerId: string;
  readonly journeyId: string;
  readonly enrollmentId: string;
  /** The next line of each side; absent: nothing more happened on this side. */
  readonly before?: CustomerLine;
  readonly after?: CustomerLine;
}

/** Each entry attempt is compared by itself, because journeys do not agree on an order within one moment. */
export function firstDifference(
  before: readonly CustomerLine[],
  after: readonly CustomerLine[],
): Difference | undefined {
  const [old, changed] = [byAttempt(before), byAttempt(after)];
  let first: Difference | undefined;
  for (const name of new Set([...old.keys(), ...changed.keys()])) {
    const [a, b] = [old.get(name) ?? [], changed.get(name) ?? []];
    const length = Math.max(a.length, b.length);
    let index = 0;
    while (index < length && isSame(a[index], b[index])) index++;
    const found = differenceOf(a[index], b[index]);
    if (found && (!first || found.at < first.at)) first = found;
  }
  return first;
}

function byAttempt(lines: readonly CustomerLine[]): Map<string, CustomerLine[]> {
  return Map.groupBy(lines, ({ journeyId, enrollmentId }) => `${journeyId} ${enrollmentId}`);
}

function isSame(a: CustomerLine | undefined, b: CustomerLine | undefined): boolean {
  return a !== undefined && b !== undefined && content(a) === content(b);
}

function content(line: CustomerLine): string {
  const { version: _, ...rest } = { version: undefined, ...line };
  return canonical(rest as unknown as Json);
}

function differenceOf(before: CustomerLine | undefined, after: CustomerLine | undefined): Difference | undefined {
  const [early, late] = !before || (after && after.at < before.at) ? [after, before] : [before, after];
  if (!early) return undefined;
  const { at, customerId, journeyId, enrollmentId } = early;
  // A line that comes later on the other side is no counterpart of this moment, unless it says the same kind of thing.
  const isCounterpart = late !== undefined && (late.at === at || late.kind === early.kind);
  const [a, b] =
    early === before ? [before, isCounterpart ? after : undefined] : [isCounterpart ? before : undefined, after];
  return { at, customerId, journeyId, enrollmentId, ...(a && { before: a }), ...(b && { after: b }) };
}
