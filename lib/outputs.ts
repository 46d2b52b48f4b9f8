/** What the command line and people look up. Under these very names, whatever the construct is called. */
import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

export function outputs(scope: Construct, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) new CfnOutput(Stack.of(scope), name, { value });
}
