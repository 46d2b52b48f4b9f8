/** Works on an audience run, as a task of its state machine: plans it, considers a part of the customers, or sums up. */

import { wallClock } from "./adapters/clock.ts";
import { dynamodbSegments } from "./adapters/dynamodb/segments.ts";
import { environmentOf } from "./adapters/environment.ts";
import { realUntil } from "./adapters/instructions.ts";
import { observed } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { entries } from "./adapters/runs/entries.ts";
import { dynamodbProfiles } from "./adapters/runs/profiles.ts";
import { dynamodbRuns } from "./adapters/runs/runs.ts";
import { schedules } from "./adapters/runs/schedules.ts";
import { type RunStep, runStep } from "./app/runs/run-step.ts";

/** One call works for half of the function's time-out at most. */
const MOST_MILLISECONDS = 60_000;

const environment = environmentOf("audience-run");
const { TIME_SCALE: scale } = environment;
const ports = awsPorts(
  environment,
  {
    schedules: schedules(environment),
    segments: dynamodbSegments(environment.TEMPLATES_TABLE, 0),
    runs: dynamodbRuns(environment.COUNTERS_TABLE, wallClock(scale).now),
    profiles: dynamodbProfiles(environment.CUSTOMERS_TABLE),
    entries: entries(environment.ENTRIES_QUEUE_URL),
  },
  0,
);

export const handler = observed(async (step: RunStep) => {
  const until = performance.now() + MOST_MILLISECONDS;
  return realUntil(await runStep(step, ports, () => performance.now() >= until), scale);
});
