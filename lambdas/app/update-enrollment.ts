/** Stores an enrollment's next value together with its counts, and only if no other call changed it in between. */
import { countsChange } from "../domain/counters/counts.ts";
import type { Enrollment } from "../domain/enrollment/enrollment.ts";
import type { Ports } from "./ports.ts";
import { retryOnConflict } from "./retry-on-conflict.ts";
import type { Change, EnrollmentRef } from "./store.ts";

/** @throws ConflictError when another call changed the enrollment in between. */
export async function storeEnrollment(
  { store }: Pick<Ports, "store">,
  before: Enrollment | undefined,
  after: Enrollment,
  also: readonly Change[] = [],
): Promise<Enrollment> {
  const enrollment = { ...after, revision: (before?.revision ?? 0) + 1 };
  const { journeyId, enrollmentId: shardKey, countedTogether: singleItem = false } = enrollment;
  const counts = countsChange(before, enrollment);
  await store.commit([
    { kind: "enrollment", enrollment },
    ...also,
    ...(Object.keys(counts).length > 0 ? [{ kind: "counts" as const, journeyId, counts, shardKey, singleItem }] : []),
  ]);
  return enrollment;
}

/**
 * Stores the result of a decision about the stored enrollment. A decision that changes nothing stores nothing.
 * `known`: the enrollment as just read, which saves a read unless another call changed it meanwhile.
 */
export function updateEnrollment(
  ref: EnrollmentRef,
  ports: Pick<Ports, "store">,
  decide: (enrollment: Enrollment) => Enrollment,
  known?: Enrollment,
): Promise<Enrollment | undefined> {
  let first = known;
  return retryOnConflict(async () => {
    const before = first ?? (await ports.store.enrollment(ref));
    first = undefined;
    if (!before) return undefined;
    if (before.erasedParts !== undefined) return before;
    const after = decide(before);
    return after === before ? before : storeEnrollment(ports, before, after);
  });
}
