/** The page behind the unsubscribe links of marketing messages, and the secret that signs the links. */
import { Duration, type RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FunctionUrlAuthType, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import { JourneyFunction } from "./journey-function.ts";

export class Unsubscribe extends Construct {
  readonly url: string;
  readonly signingSecret: Secret;
  readonly handler: JourneyFunction<"unsubscribe">;

  constructor(scope: Construct, id: string, foundation: Foundation, removalPolicy: RemovalPolicy) {
    super(scope, id);
    this.signingSecret = new Secret(this, "SigningSecret", {
      description: "Signs unsubscribe links",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(this.signingSecret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "Automatic rotation would break the links in every mail sent before. Customers must always be able to unsubscribe.",
    });
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "unsubscribe",
      description: "Unsubscribes a customer who follows the link in a message",
      timeout: Duration.seconds(10),
      environment: { ...foundation.environment, SIGNING_SECRET_ARN: this.signingSecret.secretArn },
      failure: {
        forCustomers: "they cannot unsubscribe, which the law gives them a right to.",
        doFirst: "read the log of unsubscribe, and open the link in a marketing message of your own.",
      },
      failingPeriods: 1,
    });
    this.handler = handler;
    foundation.tables.allow(handler, "readCustomers", "writeCustomers");
    this.allowSigning(handler);
    // No sign-in: people follow the link, and mail programs post to it. The signed token in the link authorizes the request.
    this.url = handler.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
  }

  allowSigning(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: ["secretsmanager:GetSecretValue"],
        resources: [this.signingSecret.secretArn],
      }),
    );
  }
}
