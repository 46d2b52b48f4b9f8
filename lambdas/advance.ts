/** Walks an enrollment to its next wait, or closes it as failed when its execution has given up. */

import { sendingPorts } from "./adapters/channels/sending.ts";
import { dynamodbBreakers } from "./adapters/dynamodb/breakers.ts";
import { FRESH_FOR_MILLISECONDS, FRESH_FOR_SENDING_MILLISECONDS } from "./adapters/dynamodb/journeys.ts";
import { dynamodbTemplates } from "./adapters/dynamodb/templates.ts";
import { environmentOf } from "./adapters/environment.ts";
import { eventBridge } from "./adapters/event-bridge.ts";
import { forStateMachine } from "./adapters/instructions.ts";
import { limitsOfStack } from "./adapters/limits-setting.ts";
import { observed } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { secretOf } from "./adapters/secret.ts";
import { failEnrollment } from "./app/exits/fail-enrollment.ts";
import type { EnrollmentRef } from "./app/store.ts";
import { advanceEnrollment } from "./app/walk/advance-enrollment.ts";

const environment = environmentOf("advance");
const given = {
  ...(await sendingPorts(environment)),
  templates: dynamodbTemplates(environment.TEMPLATES_TABLE, FRESH_FOR_MILLISECONDS),
  breakers: dynamodbBreakers(environment.COUNTERS_TABLE, FRESH_FOR_MILLISECONDS),
  sender: environment.SENDER,
  limits: limitsOfStack(environment.LIMITS),
  bus: eventBridge(environment.EVENT_BUS_NAME),
  unsubscribeLinks: { url: environment.UNSUBSCRIBE_URL, secret: await secretOf(environment.SIGNING_SECRET_ARN) },
  addressKey: await secretOf(environment.ADDRESS_KEY_ARN),
};
const ports = awsPorts(environment, given, FRESH_FOR_SENDING_MILLISECONDS);

/** `failed`: the name of the error that made the execution give up. */
type Turn = EnrollmentRef & { readonly failed?: string };

export const handler = observed(async ({ failed, ...ref }: Turn) => {
  if (failed !== undefined) return failEnrollment(ref, failed, ports);
  return forStateMachine(await advanceEnrollment(ref, ports), ports.clock.now(), environment.TIME_SCALE);
});
