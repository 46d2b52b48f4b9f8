/** The bucket for failures on S3, and the Lambda function that consumes the stream of the customers table. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import type { FailureBucket } from "../failure-bucket.ts";
import type { Connection } from "./connection.ts";

export interface FailureClients {
  readonly objects: S3Client;
  readonly functions: LambdaClient;
}

export function s3FailureBucket(
  stack: Pick<Connection, "output" | "settings">,
  { objects, functions }: FailureClients = {
    objects: new S3Client(stack.settings),
    functions: new LambdaClient(stack.settings),
  },
): FailureBucket {
  const Bucket = stack.output("FailuresBucketName");
  return {
    async keys() {
      const found: { key: string; at: number }[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client: objects },
        { Bucket, Prefix: "aws/lambda/" },
      ))
        for (const { Key, LastModified } of Contents)
          if (Key !== undefined) found.push({ key: Key, at: LastModified?.getTime() ?? 0 });
      return found.sort((a, b) => a.at - b.at).map(({ key }) => key);
    },

    async read(Key) {
      try {
        const { Body } = await objects.send(new GetObjectCommand({ Bucket, Key }));
        return Body?.transformToString();
      } catch (error) {
        if ((error as Error).name === "NoSuchKey") return undefined;
        throw error;
      }
    },

    async delete(Key) {
      await objects.send(new DeleteObjectCommand({ Bucket, Key }));
    },

    async evaluate(Records) {
      const Payload = JSON.stringify({ Records });
      const FunctionName = stack.output("ExitEvaluatorName");
      const answer = await functions.send(new InvokeCommand({ FunctionName, Payload }));
      return { text: answer.Payload?.transformToString() ?? "", error: answer.FunctionError };
    },
  };
}
