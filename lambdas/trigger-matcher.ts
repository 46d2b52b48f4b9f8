/** Handles events from the bus and customers of audience runs: decides which journeys the customer enters. */

import { eachMessage } from "./adapters/batches.ts";
import { wallClock } from "./adapters/clock.ts";
import { deadLetters } from "./adapters/dead-letters.ts";
import { FRESH_FOR_MILLISECONDS } from "./adapters/dynamodb/journeys.ts";
import { dynamodbSegments } from "./adapters/dynamodb/segments.ts";
import { environmentOf } from "./adapters/environment.ts";
import { inbox } from "./adapters/inbox.ts";
import { EVENT_DELAYED } from "./adapters/log-lines.ts";
import { logger } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { dynamodbRuns } from "./adapters/runs/runs.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { receiveEvent } from "./app/receive/receive-event.ts";
import { toVirtual } from "./domain/time/scaled-time.ts";
import type { Time } from "./domain/time/time.ts";

const environment = environmentOf("trigger-matcher");
const ports = awsPorts(environment, {
  executions: stepFunctions(environment.STATE_MACHINE_ARN),
  inbox: inbox(environment.QUEUE_URL, environment.ENTRIES_QUEUE_URL),
  runs: dynamodbRuns(environment.COUNTERS_TABLE, wallClock(environment.TIME_SCALE).now),
  segments: dynamodbSegments(environment.TEMPLATES_TABLE, FRESH_FOR_MILLISECONDS),
  deadLetters: deadLetters(environment.DEAD_LETTER_QUEUE_URL),
});

const scale = environment.TIME_SCALE;
const virtual = (real: Time) => toVirtual(real, scale);

export const handler = eachMessage(async ({ body, attributes }) => {
  const how = scale ? { scaled: { sentAt: Number(attributes.SentTimestamp), virtual } } : {};
  if ((await receiveEvent(body, how, ports)) === "delayed") logger.warn(EVENT_DELAYED);
});
