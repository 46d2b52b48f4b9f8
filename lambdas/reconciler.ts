/** Runs every five minutes: restarts enrollments whose next step is overdue, because their execution was lost. */
import { environmentOf } from "./adapters/environment.ts";
import { RECONCILED } from "./adapters/log-lines.ts";
import { logger, observed } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { reconcile } from "./app/exits/reconcile.ts";

/** So many per run: 300 executions may start per second and region at best, and the rest keeps until the next run. */
const MOST_PER_RUN = 2_000;

const environment = environmentOf("reconciler");
const ports = awsPorts(environment, { executions: stepFunctions(environment.STATE_MACHINE_ARN) });

export const handler = observed(async () => {
  const { restarted, failed, stopped } = await reconcile(MOST_PER_RUN, ports);
  logger.info(RECONCILED, { restarted, failed, stopped });
});
