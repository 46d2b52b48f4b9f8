/** The link to an enrollment's execution in the AWS console. */
import { executionArnOf } from "../../lambdas/adapters/step-functions.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";

const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

export interface Execution {
  readonly arn: string;
  readonly console: string;
}

/** The newest execution of the enrollment. Earlier executions have ended, or the reconciler has replaced them. */
export function executionOf(
  { enrollmentId, executions }: Pick<Enrollment, "enrollmentId" | "executions">,
  stateMachineArn: string,
): Execution {
  const arn = executionArnOf(stateMachineArn, enrollmentId, executions);
  const [, partition = "aws", , region = ""] = arn.split(":");
  const console = `https://${region}.${consoles[partition] ?? consoles.aws}/states/home?region=${region}#/v2/executions/details/${arn}`;
  return { arn, console };
}
