/**
 * The key of the hashes under which bounces and complaints of addresses are stored. With another key, every stored
 * suppression would be lost, so the key is never rotated, and it is not the secret that signs unsubscribe links.
 */
import { type RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";

export class AddressKey extends Construct {
  readonly key: Secret;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    this.key = new Secret(this, "Key", {
      description: "Key of the hashes of email addresses",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(this.key).acknowledge({
      id: "AwsSolutions-SMG4",
      reason: "With a new key, every stored bounce and complaint is lost, and mail goes to these addresses again.",
    });
  }

  allowReading(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [this.key.secretArn] }),
    );
  }
}
