/**
 * Moves one customer inside a journey to another version, if their log allows it. One conditional write: a concurrent
 * step, exit or signal makes it fail, and then the decision is made again. A repeated call finds the customer moved.
 *
 * The execution is not touched. The execution sleeps or waits for its token as before, and reads the enrollment when it
 * wakes.
 */

import type { Journey } from "../../domain/journey/journey.ts";
import { decideMove, type MoveDecision } from "../../domain/migration/decide-move.ts";
import type { NotMoved } from "../../domain/migration/not-moved.ts";
import type { Renames } from "../../domain/migration/rename.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { versionsOf } from "../versions.ts";
import { recount } from "../walk/recount.ts";

/** The move that a person asked for. */
export interface MoveRequest {
  readonly to: { readonly version: number; readonly journey: Journey };
  readonly renames: Renames;
  /** Whether only to decide, and to store nothing. */
  readonly dryRun?: boolean;
}

export type Moved = EnrollmentRef &
  (
    | { readonly outcome: "moved"; readonly from: number; readonly componentId: string }
    | { readonly outcome: "stays"; readonly from: number; readonly reason: NotMoved; readonly componentId: string }
    /** The customer is in the version already. */
    | { readonly outcome: "already" }
    /** The customer is not inside any more. */
    | { readonly outcome: "left" }
  );

export type MovePorts = Pick<Ports, "clock" | "store" | "journeys">;

export function migrateEnrollment(ref: EnrollmentRef, request: MoveRequest, ports: MovePorts): Promise<Moved> {
  const { to, dryRun } = request;
  const { customerId, enrollmentId } = ref;
  const answer = { customerId, enrollmentId };
  return retryOnConflict(async (): Promise<Moved> => {
    const read = await ports.store.openEnrollment(ref);
    if (read?.status !== "active" || read.erasedParts !== undefined) return { ...answer, outcome: "left" };
    const from = read.journeyVersion;
    if (from === to.version) return { ...answer, outcome: "already" };
    const { entered: old } = await versionsOf(read, ports);
    const decide = (enrollment: typeof read): MoveDecision =>
      decideMove(
        enrollment,
        { old, next: to.journey, renames: request.renames },
        { to: to.version, now: ports.clock.now() },
      );
    const first = decide(read);
    if (first.kind === "stays") {
      const { reason, componentId } = first;
      return { ...answer, outcome: "stays", from, reason, componentId };
    }
    const moved = { ...answer, outcome: "moved", from, componentId: first.enrollment.position.componentId } as const;
    if (dryRun) return moved;
    // A late event counts for the waits of the old version, which the new one does not know.
    const stored = await recount(read, old, ports);
    const decision = stored === read ? first : decide(stored);
    if (decision.kind === "moves") await storeEnrollment(ports, stored, decision.enrollment);
    return moved;
  });
}
