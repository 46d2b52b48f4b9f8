/**
 * Moves enrollments for which nothing counts any more out of the way of the customer's next events. A call that dies or
 * fails loses nothing: the next event finds the enrollment where it was.
 */
import { mayClose } from "../../domain/enrollment/closed.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { inParallel } from "../in-parallel.ts";
import type { Ports } from "../ports.ts";
import { versionsOf } from "../versions.ts";

/**
 * With so few ended enrollments, an event reads no more units than with none, so for most customers nothing is ever
 * moved.
 */
const MOST_IN_THE_WAY = 2;
/** One event moves at most this many enrollments. Only a customer from an earlier release may have more to move. */
const MOST_AT_ONCE = 50;
const WORKERS = 5;

export async function closeEnrollments(
  open: readonly Enrollment[],
  ports: Pick<Ports, "clock" | "store" | "journeys">,
): Promise<void> {
  if (open.length <= MOST_IN_THE_WAY) return;
  const now = ports.clock.now();
  const closed: Enrollment[] = [];
  for (const enrollment of open)
    if (enrollment.status !== "active" && mayClose(enrollment, (await versionsOf(enrollment, ports)).live, now))
      closed.push(enrollment);
  if (closed.length <= MOST_IN_THE_WAY) return;
  await inParallel(closed.slice(0, MOST_AT_ONCE), WORKERS, (enrollment) =>
    ports.store.commit([{ kind: "closing", enrollment }]),
  );
}
