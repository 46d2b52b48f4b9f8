/**
 * Acknowledges intended wildcards in permissions, each with its reason. cdk-nag fails on every wildcard without one.
 * https://github.com/cdklabs/cdk-nag#acknowledging-a-rule
 */
import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

interface Holder {
  readonly role?: IConstruct | undefined;
}

export function acknowledgeWildcard({ role }: Holder, resource: string, reason: string): void {
  if (!role) return;
  const finding = named(Stack.of(role).resolve(resource));
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
}

/** A resource as cdk-nag writes it: values that only the deployment knows are in angle brackets. */
function named(value: unknown): string {
  if (typeof value === "string") return value;
  const [[intrinsic, of] = []] = Object.entries(value ?? {});
  if (intrinsic === "Ref") return `<${of}>`;
  if (intrinsic === "Fn::GetAtt" && Array.isArray(of)) return `<${of.join(".")}>`;
  if (intrinsic === "Fn::Join" && Array.isArray(of)) return (of[1] as unknown[]).map(named).join(String(of[0]));
  return JSON.stringify(value);
}
