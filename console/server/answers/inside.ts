/** The customers who are inside a journey now, and where. */

import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { Inside, InsideAnswer } from "../../api/journeys.ts";

/** At most this many customers are shown, because each customer takes one read. */
const MOST_READ = 200;
const AT_ONCE = 20;

export async function insideAnswer(journeyId: string, { ports: { store } }: Stack): Promise<InsideAnswer> {
  const refs: { customerId: string; enrollmentId: string }[] = [];
  for await (const ref of store.inside(journeyId)) {
    refs.push(ref);
    if (refs.length > MOST_READ) break;
  }
  const more = refs.length > MOST_READ;
  const customers: Inside[] = [];
  for (let start = 0; start < Math.min(refs.length, MOST_READ); start += AT_ONCE) {
    const some = refs.slice(start, Math.min(start + AT_ONCE, MOST_READ));
    const read = await Promise.all(some.map((ref) => store.enrollment(ref)));
    customers.push(...read.flatMap((enrollment) => (enrollment?.status === "active" ? [insideOf(enrollment)] : [])));
  }
  return { customers, more };
}

function insideOf({ customerId, enrollmentId, position, journeyVersion: version, steps }: Enrollment): Inside {
  const { componentId } = position;
  const step = steps.findLast((each) => each.componentId === componentId);
  const until = step?.outcome === "waiting" ? step.until : undefined;
  return {
    customerId,
    enrollmentId,
    componentId,
    version,
    since: step?.at ?? position.since,
    ...(until !== undefined && { until }),
  };
}
