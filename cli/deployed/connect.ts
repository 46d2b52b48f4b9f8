/**
 * The way from a command to a stack: by the stack's outputs, with the credentials, region and endpoint that the AWS SDK
 * itself finds. The use cases' ports on that stack are those of the deployed functions.
 */
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { dynamodbTemplates } from "../../lambdas/adapters/dynamodb-templates.ts";
import { eventBridge } from "../../lambdas/adapters/event-bridge.ts";
import { awsPorts } from "../../lambdas/adapters/ports.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import type { TimeScale } from "../../lambdas/domain/scaled-time.ts";
import { UsageError } from "../terminal/io.ts";
import { DeployedStack } from "./stack.ts";

export async function connect(name: string): Promise<DeployedStack> {
  const { Stacks: [stack] = [] } = await new CloudFormationClient().send(
    new DescribeStacksCommand({ StackName: name }),
  );
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
  );
  if (outputs.JourneysTableName === undefined)
    throw new UsageError(`The stack "${name}" holds no customer journeys. Name the one that does with --stack NAME.`);
  return new DeployedStack(outputs);
}

/** The ports of the use cases on the stack that this process is connected to; nothing that is read is older than the call. */
export function portsOf(stack: DeployedStack): Ports {
  return awsPorts(
    {
      JOURNEYS_TABLE: stack.output("JourneysTableName"),
      CUSTOMERS_TABLE: stack.output("CustomersTableName"),
      COUNTERS_TABLE: stack.output("CountersTableName"),
      STATE_MACHINE_ARN: stack.output("StateMachineArn"),
      EVENT_RETENTION_DAYS: Number(stack.output("EventRetentionDays")),
      TIME_SCALE: timeScaleOf(stack),
    },
    {
      templates: dynamodbTemplates(stack.output("TemplatesTableName"), 0),
      bus: eventBridge(stack.output("EventBusName")),
    },
    0,
  );
}

function timeScaleOf({ outputs }: DeployedStack): TimeScale | undefined {
  return outputs.TimeScale === undefined ? undefined : (JSON.parse(outputs.TimeScale) as TimeScale);
}
