/** The services around the tables, of which the embedded engine has none: no queue, no alarm, no mail account. */
import type { Health } from "../../cli/stack/health.ts";
import type { World } from "../../simulator/world.ts";

export function embeddedHealth({ store, clock }: World): Health {
  return {
    depth: async () => ({ waiting: 0, inWork: 0 }),
    failures: async () => ({ count: 0, more: false }),
    alarms: missing,
    values: missing,
    overdue: async (journeyId, before) => {
      let count = 0;
      // The caller's clock is the real one, and this engine's is virtual.
      for await (const ref of store.overdue(before < clock.now() ? before : clock.now())) {
        const enrollment = await store.enrollment(ref);
        if (enrollment?.journeyId === journeyId) count++;
      }
      return { count, more: false };
    },
    executions: missing,
    mail: missing,
  };
}

async function missing(): Promise<never> {
  throw new Error("The embedded engine has no such service.");
}
