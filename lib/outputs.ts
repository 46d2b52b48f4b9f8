/** What the command line and people look up. Under these very names, whatever the construct is called. */
import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { StackOutputs } from "../lambdas/adapters/stack-outputs.ts";

export function outputs(scope: Construct, values: StackOutputs): void {
  for (const [name, value] of Object.entries(values)) new CfnOutput(Stack.of(scope), name, { value });
}
