/** Handles the delivery reports of SES and of AWS End User Messaging. */
import { eachMessage } from "./adapters/batches.ts";
import { wallClock } from "./adapters/clock.ts";
import { dynamodbBreakers } from "./adapters/dynamodb/breakers.ts";
import { FRESH_FOR_MILLISECONDS } from "./adapters/dynamodb/journeys.ts";
import { dynamodbSentIds } from "./adapters/dynamodb/sending/sent-ids.ts";
import { environmentOf } from "./adapters/environment.ts";
import { MARKETING_HELD } from "./adapters/log-lines.ts";
import { logger } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { reportIn } from "./adapters/sms/report-in.ts";
import { stepFunctionsSignals } from "./adapters/step-functions.ts";
import { findReported } from "./app/messages/find-reported.ts";
import { handleDeliveryReport } from "./app/messages/handle-delivery-report.ts";
import { toVirtual } from "./domain/time/scaled-time.ts";

const environment = environmentOf("message-status");
const ports = awsPorts(environment, {
  executions: stepFunctionsSignals,
  sentIds: dynamodbSentIds(environment.COUNTERS_TABLE, wallClock(environment.TIME_SCALE).now),
  breakers: dynamodbBreakers(environment.COUNTERS_TABLE, FRESH_FOR_MILLISECONDS),
});

export const handler = eachMessage(async ({ body }) => {
  const report = reportIn(JSON.parse(body), (real) => toVirtual(real, environment.TIME_SCALE));
  if (!report) return;
  const reports = "serviceId" in report ? await findReported(report, ports) : [report];
  for (const each of reports)
    for (const held of await handleDeliveryReport(each, ports)) logger.warn(MARKETING_HELD, { ...held });
});
