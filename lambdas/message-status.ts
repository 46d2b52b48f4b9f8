/** Reports of SES about messages. */
import { eachMessage } from "./adapters/batches.ts";
import { environmentOf } from "./adapters/environment.ts";
import { awsPorts } from "./adapters/ports.ts";
import { reportedStatus } from "./adapters/ses-events.ts";
import { recordMessageStatus } from "./app/record-message-status.ts";
import { toVirtual } from "./domain/scaled-time.ts";

const environment = environmentOf("message-status");
const ports = awsPorts(environment);

export const handler = eachMessage(async ({ body }) => {
  const report = reportedStatus(JSON.parse(body), (real) => toVirtual(real, environment.TIME_SCALE));
  if (report) await recordMessageStatus(report, ports);
});
