/** Does what a save of a journey means for the customers inside: they exit, go on, or are rechecked after an edit. */
import { eachMessage } from "./adapters/batches.ts";
import { dynamodbStatusProgress } from "./adapters/dynamodb/status-progress.ts";
import { environmentOf } from "./adapters/environment.ts";
import { awsPorts } from "./adapters/ports.ts";
import { statusTaskOf, statusTasks } from "./adapters/services/status-tasks.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { applyStatus } from "./app/exits/apply-status.ts";

/** One call lasts half of the function's time-out at most. The rest of the work stays on the queue. */
const MOST_MILLISECONDS = 30_000;

const environment = environmentOf("journey-status");
const given = {
  executions: stepFunctions(environment.STATE_MACHINE_ARN),
  statusTasks: statusTasks(environment.STATUS_QUEUE_URL),
  statusProgress: dynamodbStatusProgress(environment.COUNTERS_TABLE),
};
const ports = awsPorts(environment, given, 0);

export const handler = eachMessage(async ({ body }) => {
  const until = performance.now() + MOST_MILLISECONDS;
  await applyStatus(statusTaskOf(body), ports, () => performance.now() >= until);
});
