/** Where stream records go that failed too often: only S3 gets the records themselves, queues get pointers that expire. */
import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import type { DlqDestinationConfig, IEventSourceDlq } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { JourneyFunction } from "./journey-function.ts";

export class FailureBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy,
      lifecycleRules: [{ expiration: Duration.days(30) }],
    });
    acknowledge(this.bucket, "AwsSolutions-S1", "It holds records that failed, for 30 days: only Lambda writes, only operators read.");
  }

  /** The rights that Lambda asks for: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
  for(consumer: Pick<JourneyFunction<never>, "allow" | "node">): IEventSourceDlq {
    consumer.allow(["s3:PutObject"], [this.bucket.arnForObjects("*")]);
    consumer.allow(["s3:ListBucket"], [this.bucket.bucketArn]);
    const logicalId = this.bucket.stack.getLogicalId(this.bucket.node.defaultChild as never);
    acknowledge(consumer as never, `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`, "Lambda chooses the names of the objects that it writes.");
    return { bind: (): DlqDestinationConfig => ({ destination: this.bucket.bucketArn }) };
  }
}
