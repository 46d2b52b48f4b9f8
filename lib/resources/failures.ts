/**
 * Where records of the tables' streams end that could not be handled. Only S3 takes the records themselves; a queue
 * would only be told where they were, and they are gone after a day. They may hold personal data and are not kept for
 * long.
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
      reason: "Only Lambda writes here, and only when something has failed. A log of that would outgrow it.",
    });
  }

  bind(_: IEventSourceMapping, target: IFunction) {
    const ours = { StringEquals: { "s3:ResourceAccount": Stack.of(this).account } };
    const objects = this.bucket.arnForObjects("aws/lambda/*");
    target.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [objects], conditions: ours }));
    target.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [this.bucket.bucketArn], conditions: ours }),
    );
    acknowledgeWildcard(target, objects, "Lambda names each object by time and chance.");
    return { destination: this.bucket.bucketArn };
  }
}
