/**
 * The bucket for stream records that could not be handled. Only S3 receives the records themselves. A queue would
 * receive only the positions of the records, and the stream deletes the records after one day. Records may hold
 * personal data, so the bucket deletes them after 14 days.
 */
import { Duration, type RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IEventSourceDlq, IEventSourceMapping, IFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";

const KEPT = Duration.days(14);

export class Failures extends Construct implements IEventSourceDlq {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: KEPT }],
      removalPolicy,
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Only Lambda writes here, and only after failures. A log of the access to the bucket would be larger than the records in the bucket.",
    });
  }

  bind(_: IEventSourceMapping, target: IFunction) {
    const ours = { StringEquals: { "s3:ResourceAccount": Stack.of(this).account } };
    const objects = this.bucket.arnForObjects("aws/lambda/*");
    target.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [objects], conditions: ours }));
    target.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [this.bucket.bucketArn], conditions: ours }),
    );
    acknowledgeWildcard(target, objects, "Lambda chooses the name of each object.");
    return { destination: this.bucket.bucketArn };
  }
}
