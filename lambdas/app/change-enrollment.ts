/** Storing an enrollment's next value: with its counts, and only if nobody changed it in between. */
import { countsChange } from "../domain/counts.ts";
import type { Enrollment } from "../domain/enrollment.ts";
import type { Ports } from "./ports.ts";
import { decideAgain } from "./retry.ts";
import type { Change, EnrollmentRef } from "./store.ts";

/** @throws ConflictError when it was changed in between. */
export async function changeEnrollment(
  { store }: Pick<Ports, "store">,
  before: Enrollment | undefined,
  after: Enrollment,
  also: readonly Change[] = [],
): Promise<Enrollment> {
  const enrollment = { ...after, revision: (before?.revision ?? 0) + 1 };
  const { journeyId, enrollmentId: spread, countedTogether: together = false } = enrollment;
  const counts = countsChange(before, enrollment);
  await store.commit([
    { kind: "enrollment", enrollment },
    ...also,
    ...(Object.keys(counts).length > 0 ? [{ kind: "counts" as const, journeyId, counts, spread, together }] : []),
  ]);
  return enrollment;
}

/**
 * Changes what is stored by a decision on it; a decision that changes nothing stores nothing.
 * `known`: the enrollment as just read, which saves reading it again unless somebody was faster.
 */
export function decideOn(
  ref: EnrollmentRef,
  ports: Pick<Ports, "store">,
  decide: (enrollment: Enrollment) => Enrollment,
  known?: Enrollment,
): Promise<Enrollment | undefined> {
  let first = known;
  return decideAgain(async () => {
    const before = first ?? (await ports.store.enrollment(ref));
    first = undefined;
    if (!before) return undefined;
    const after = decide(before);
    return after === before ? before : changeEnrollment(ports, before, after);
  });
}
