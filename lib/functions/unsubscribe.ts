/**
 * The page behind the unsubscribe links of marketing messages, and the secret that signs the links. The page is public,
 * so it has no right to any table: it calls a second function, which stores what the customer wants.
 */
import { Duration, type RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FunctionUrlAuthType, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { PERIOD } from "../resources/alarms.ts";
import type { Foundation } from "../resources/foundation.ts";
import { JourneyFunction } from "./journey-function.ts";
import { UnsubscriptionWriter } from "./unsubscription-writer.ts";

export interface UnsubscribeProps {
  readonly removalPolicy: RemovalPolicy;
  /** The reserved concurrency of each of the two functions. */
  readonly concurrency: number | undefined;
}

/** More requests at the same time than people would cause. */
const FLOOD = 50;

export class Unsubscribe extends Construct {
  readonly url: string;
  readonly signingSecret: Secret;
  readonly handler: JourneyFunction<"unsubscribe">;
  readonly writer: UnsubscriptionWriter;

  constructor(scope: Construct, id: string, foundation: Foundation, { removalPolicy, concurrency }: UnsubscribeProps) {
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
    this.writer = new UnsubscriptionWriter(this, "Writer", foundation, {
      signingSecret: this.signingSecret,
      concurrency,
    });
    this.allowSigning(this.writer.handler);
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "unsubscribe",
      description: "Shows the page on which a customer unsubscribes by the link in a message",
      // Longer than that of the function that it calls.
      timeout: Duration.seconds(15),
      environment: {
        SIGNING_SECRET_ARN: this.signingSecret.secretArn,
        WRITER_NAME: this.writer.handler.functionName,
      },
      failure: {
        forCustomers: "customers cannot unsubscribe, although the law gives them this right.",
        doFirst: "read the log of unsubscribe, and open the link in a marketing message of your own.",
      },
      failingPeriods: 1,
      concurrency,
    });
    foundation.alarms.add(handler, "Flood", {
      metric: handler.metric("ConcurrentExecutions", { period: PERIOD, statistic: "Maximum" }),
      above: concurrency === undefined ? FLOOD : Math.ceil(0.8 * concurrency) - 1,
      text: {
        happened: "The unsubscribe page handles unusually many requests at the same time.",
        forCustomers:
          "without `unsubscribeConcurrency`, steps of journeys may be late, because advance shares the account's concurrency. With it, some customers must open the page again.",
        doFirst:
          "set `unsubscribeConcurrency` and deploy. If the flood goes on, put a CDN with a rate limit in front of the page: docs/security.md says how.",
      },
    });
    this.handler = handler;
    this.allowSigning(handler);
    this.writer.allowCalling(handler);
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
