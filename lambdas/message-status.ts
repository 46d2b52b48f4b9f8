/** Handles the delivery reports of SES and of AWS End User Messaging, and the messages that customers send. */
import { eachMessage } from "./adapters/batches.ts";
import { wallClock } from "./adapters/clock.ts";
import { dynamodbBreakers } from "./adapters/dynamodb/breakers.ts";
import { FRESH_FOR_MILLISECONDS } from "./adapters/dynamodb/journeys.ts";
import { dynamodbSentIds } from "./adapters/dynamodb/sending/sent-ids.ts";
import { environmentOf } from "./adapters/environment.ts";
import { MARKETING_HELD, UNKNOWN_NUMBER } from "./adapters/log-lines.ts";
import { logger } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { answerPorts } from "./adapters/sms/answer-ports.ts";
import { serviceMessages } from "./adapters/sms/service-messages.ts";
import { stepFunctionsSignals } from "./adapters/step-functions.ts";
import { handleServiceMessage } from "./app/messages/handle-service-message.ts";
import { toVirtual } from "./domain/time/scaled-time.ts";

const environment = environmentOf("message-status");
const ports = awsPorts(environment, {
  executions: stepFunctionsSignals,
  sentIds: dynamodbSentIds(environment.COUNTERS_TABLE, wallClock(environment.TIME_SCALE).now),
  breakers: dynamodbBreakers(environment.COUNTERS_TABLE, FRESH_FOR_MILLISECONDS),
  answers: await answerPorts(environment),
});

export const handler = eachMessage(async ({ body }) => {
  for (const message of serviceMessages(JSON.parse(body), (real) => toVirtual(real, environment.TIME_SCALE))) {
    const { held, unknown } = await handleServiceMessage(message, ports);
    for (const each of held) logger.warn(MARKETING_HELD, { ...each });
    // The line names neither the number nor the text.
    for (const each of unknown) logger.warn(UNKNOWN_NUMBER, { ...each });
  }
});
