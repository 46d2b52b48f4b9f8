/** Handles the stream of the customers table: decides exits and goals, sends signals and publishes system events. */
import { eachStreamRecord } from "./adapters/batches.ts";
import { customerOf, imagesOf, storedChange } from "./adapters/dynamodb/stream-records.ts";
import { environmentOf } from "./adapters/environment.ts";
import { eventBridge } from "./adapters/event-bridge.ts";
import { awsPorts } from "./adapters/ports.ts";
import { secretOf } from "./adapters/secret.ts";
import { stepFunctions } from "./adapters/step-functions.ts";
import { evaluateChange } from "./app/exits/evaluate-change.ts";

const environment = environmentOf("exit-evaluator");
const ports = awsPorts(environment, {
  executions: stepFunctions(environment.STATE_MACHINE_ARN),
  bus: eventBridge(environment.EVENT_BUS_NAME),
  addressKey: await secretOf(environment.ADDRESS_KEY_ARN),
  listsNumbers: environment.LIST_NUMBERS !== undefined,
});

export const handler = eachStreamRecord(
  async (record) => {
    const change = storedChange(imagesOf(record));
    if (change) await evaluateChange(change, ports);
  },
  { of: customerOf, afterFailure: "continue" },
);
