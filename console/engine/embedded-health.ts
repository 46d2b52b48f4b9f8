/** The services around the tables, of which the embedded engine has none: no queue, no alarm, no mail account. */

import type { EnrollmentRef } from "../../lambdas/app/store.ts";
import type { World } from "../../simulator/world.ts";
import type { Health } from "../../stack/health.ts";

export function embeddedHealth({ store, clock }: World): Health {
  const counted = async (refs: AsyncIterable<EnrollmentRef>, journeyId: string) => {
    let count = 0;
    for await (const ref of refs) if ((await store.enrollment(ref))?.journeyId === journeyId) count++;
    return { count, more: false };
  };
  return {
    depth: async () => ({ waiting: 0, inWork: 0 }),
    failures: async () => ({ count: 0, more: false }),
    alarms: missing,
    values: missing,
    overdue: async (journeyId, before, isHeld) => {
      // The caller's clock is the real one, and this engine's is virtual.
      const moment = before < clock.now() ? before : clock.now();
      return counted(store.overdue(moment, new Set(isHeld ? [journeyId] : [])), journeyId);
    },
    parked: (journeyId) => counted(store.parked(journeyId), journeyId),
    executions: missing,
    mail: missing,
  };
}

async function missing(): Promise<never> {
  throw new Error("The embedded engine has no such service.");
}
