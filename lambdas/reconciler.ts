/** Runs every five minutes: restarts enrollments whose next step is overdue, because their execution was lost. */
import { environmentOf } from "./adapters/environment.ts";
import { RECONCILED } from "./adapters/log-lines.ts";
import { logger, observed } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { reconcile } from "./app/exits/reconcile.ts";
import { toVirtual } from "./domain/time/scaled-time.ts";
import { fromMilliseconds } from "./domain/time/time.ts";

/** The bounds of one run. The next run, five minutes after the start of this one, does the rest. */
const MOST_PER_RUN = 10_000;
const MOST_MILLISECONDS = 4 * 60_000;

const environment = environmentOf("reconciler");
const ports = awsPorts(environment, { executions: stepFunctions(environment.STATE_MACHINE_ARN) });

export const handler = observed(async () => {
  const until = toVirtual(fromMilliseconds(Date.now() + MOST_MILLISECONDS), environment.TIME_SCALE);
  logger.info(RECONCILED, { ...(await reconcile(MOST_PER_RUN, ports, until)) });
});
