/** Connects a command to a stack: reads the stack's outputs with the credentials, region and endpoint that the SDK finds. */
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { UsageError } from "../usage-error.ts";
import { DeployedStack } from "./stack.ts";

export async function connect(name: string, client = new CloudFormationClient()): Promise<DeployedStack> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
  );
  if (outputs.JourneysTableName === undefined)
    throw new UsageError(`The stack "${name}" has no customer journeys. Name another stack with --stack NAME.`);
  return new DeployedStack(outputs);
}
