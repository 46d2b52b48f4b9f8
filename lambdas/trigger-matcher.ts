/** Handles events that the bus put on the queue: decides which journeys the customer enters. */

import { eachMessage } from "./adapters/batches.ts";
import { deadLetters } from "./adapters/dead-letters.ts";
import { environmentOf } from "./adapters/environment.ts";
import { inbox } from "./adapters/inbox.ts";
import { awsPorts } from "./adapters/ports.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { receiveEvent } from "./app/entry/receive-event.ts";
import { toVirtual } from "./domain/time/scaled-time.ts";
import type { Time } from "./domain/time/time.ts";

const environment = environmentOf("trigger-matcher");
const ports = awsPorts(environment, {
  executions: stepFunctions(environment.STATE_MACHINE_ARN),
  inbox: inbox(environment.QUEUE_URL),
  deadLetters: deadLetters(environment.DEAD_LETTER_QUEUE_URL),
});

const scale = environment.TIME_SCALE;
const virtual = (real: Time) => toVirtual(real, scale);

export const handler = eachMessage(({ body, attributes }) =>
  receiveEvent(body, scale ? { scaled: { sentAt: Number(attributes.SentTimestamp), virtual } } : {}, ports),
);
