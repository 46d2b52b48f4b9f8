/**
 * Moves the customers inside a journey to another version. The call may be interrupted and repeated: a customer who has
 * moved is in the version already. Customers may enter, leave or take a step meanwhile.
 */
import { parts } from "../../domain/enrollment/part.ts";
import { ThrottledError } from "../errors.ts";
import type { EnrollmentRef } from "../store.ts";
import { withinBounds } from "../within-bounds.ts";
import { type Moved, type MovePorts, type MoveRequest, migrateEnrollment } from "./migrate-enrollment.ts";

/** Twice as many workers gain little: their writes would conflict at the same counters. */
const AT_ONCE = 10;
/**
 * A customer who takes a step moves to another place of the index, and may be passed over there. So the index is read
 * until it has no new customer in it.
 */
const MOST_PASSES = 5;

export interface Failed extends EnrollmentRef {
  readonly error: unknown;
}

export interface MigratedInside {
  /** Customers whose item could not be read or written. */
  readonly failed: readonly Failed[];
  /** Whether every customer was tried. If not, AWS has throttled the call. */
  readonly isComplete: boolean;
}

/** `tell`: what became of each customer, once for each of them. */
export async function migrateInside(
  journeyId: string,
  request: MoveRequest,
  ports: MovePorts,
  tell: (moved: Moved) => void,
): Promise<MigratedInside> {
  const failed: Failed[] = [];
  const tried = new Set<string>();
  const tryOne = async (ref: EnrollmentRef) => {
    if (tried.has(ref.enrollmentId)) return;
    tried.add(ref.enrollmentId);
    try {
      tell(await migrateEnrollment(ref, request, ports));
    } catch (error) {
      if (error instanceof ThrottledError) throw error;
      failed.push({ ...ref, error });
    }
  };
  for (let pass = 0, before = -1; pass < MOST_PASSES && tried.size > before; pass++) {
    before = tried.size;
    for (const part of parts)
      if (!(await withinBounds(ports.store.inside(journeyId, part), AT_ONCE, tryOne)).isComplete)
        return { failed, isComplete: false };
  }
  return { failed, isComplete: true };
}
