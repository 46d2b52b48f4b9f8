/**
 * The stack's outputs. The names of the outputs do not depend on the construct's id, so that the command line finds
 * them.
 */
import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { StackOutputs } from "../lambdas/adapters/stack-outputs.ts";

export function outputs(scope: Construct, values: StackOutputs): void {
  for (const [name, value] of Object.entries(values)) new CfnOutput(Stack.of(scope), name, { value });
}
