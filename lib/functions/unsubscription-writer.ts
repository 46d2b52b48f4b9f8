/** Stores that a customer has unsubscribed. Only the public page calls this function, with the signed link. */
import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import { JourneyFunction } from "./journey-function.ts";

export interface UnsubscriptionWriterProps {
  readonly signingSecret: Secret;
  /** The function's reserved concurrency. */
  readonly concurrency: number | undefined;
}

export class UnsubscriptionWriter extends Construct {
  readonly handler: JourneyFunction<"unsubscription-writer">;

  constructor(
    scope: Construct,
    id: string,
    foundation: Foundation,
    { signingSecret, concurrency }: UnsubscriptionWriterProps,
  ) {
    super(scope, id);
    this.handler = new JourneyFunction(this, "Function", foundation, {
      name: "unsubscription-writer",
      description: "Stores that a customer has unsubscribed on the page",
      timeout: Duration.seconds(10),
      environment: { ...foundation.environment, SIGNING_SECRET_ARN: signingSecret.secretArn },
      failure: {
        forCustomers: "customers cannot unsubscribe, although the law gives them this right. The page shows an error.",
        doFirst: "read the log of unsubscription-writer. If the errors began with a deployment, undo that deployment.",
      },
      failingPeriods: 1,
      concurrency,
    });
    foundation.tables.allow(this.handler, "readCustomers", "writeCustomers");
  }

  /** `grantInvoke` would also allow every version and alias. */
  allowCalling(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [this.handler.functionArn] }),
    );
  }
}
