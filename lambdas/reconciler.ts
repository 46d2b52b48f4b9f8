/** Runs every five minutes: restarts enrollments whose next step is overdue, because their execution was lost. */
import { wallClock } from "./adapters/clock.ts";
import { environmentOf } from "./adapters/environment.ts";
import { RECONCILED } from "./adapters/log-lines.ts";
import { logger, observed } from "./adapters/observed.ts";
import { awsPortsWithoutConditions } from "./adapters/ports.ts";
import { runExecutions } from "./adapters/runs/run-executions.ts";
import { dynamodbRuns } from "./adapters/runs/runs.ts";
import { schedules } from "./adapters/runs/schedules.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { reconcile } from "./app/exits/reconcile.ts";
import { reconcileRuns } from "./app/runs/reconcile-runs.ts";
import { toVirtual } from "./domain/time/scaled-time.ts";
import { fromMilliseconds } from "./domain/time/time.ts";

/** The most enrollments of one run. The next run, five minutes after the start of this run, handles the others. */
const MOST_PER_RUN = 10_000;
const MOST_MILLISECONDS = 4 * 60_000;

const environment = environmentOf("reconciler");
const ports = awsPortsWithoutConditions(environment, {
  executions: stepFunctions(environment.STATE_MACHINE_ARN),
  schedules: schedules(environment),
  runs: dynamodbRuns(environment.COUNTERS_TABLE, wallClock(environment.TIME_SCALE).now),
  runExecutions: runExecutions(environment.RUN_MACHINE_ARN),
});

export const handler = observed(async () => {
  const until = toVirtual(fromMilliseconds(Date.now() + MOST_MILLISECONDS), environment.TIME_SCALE);
  const [enrollments, runs] = [await reconcile(MOST_PER_RUN, ports, until), await reconcileRuns(ports)];
  logger.info(RECONCILED, { ...enrollments, ...runs });
});
