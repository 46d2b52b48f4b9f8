/**
 * The active enrollments of a journey are divided into parts. Each part is a partition of the index `active`, because one
 * partition takes at most 1,000 writes a second, and several callers can each work on a part.
 */
import { share } from "../values/hash.ts";

const PARTS = 8;

export const parts: readonly number[] = Array.from({ length: PARTS }, (_, part) => part);

export function partOf(enrollmentId: string): number {
  return Math.floor((share(enrollmentId) * PARTS) / 100);
}
