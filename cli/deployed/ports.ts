/** The ports of the use cases on the stack that this process is connected to: those of the deployed functions. */
import { dynamodbTemplates } from "../../lambdas/adapters/dynamodb-templates.ts";
import { eventBridge } from "../../lambdas/adapters/event-bridge.ts";
import { awsPorts } from "../../lambdas/adapters/ports.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import type { DeployedStack } from "./stack.ts";

/** A read never returns data that is older than the call. */
export function portsOf(stack: Pick<DeployedStack, "output" | "timeScale">): Ports {
  return awsPorts(
    {
      JOURNEYS_TABLE: stack.output("JourneysTableName"),
      CUSTOMERS_TABLE: stack.output("CustomersTableName"),
      COUNTERS_TABLE: stack.output("CountersTableName"),
      STATE_MACHINE_ARN: stack.output("StateMachineArn"),
      EVENT_RETENTION_DAYS: Number(stack.output("EventRetentionDays")),
      TIME_SCALE: stack.timeScale,
    },
    {
      templates: dynamodbTemplates(stack.output("TemplatesTableName"), 0),
      bus: eventBridge(stack.output("EventBusName")),
    },
    0,
  );
}
