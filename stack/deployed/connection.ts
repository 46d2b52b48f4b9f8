/** The parts of a deployed stack that its services use: the outputs, and the clients that every command creates. */
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { OutputName } from "../../lambdas/adapters/stack-outputs.ts";
import type { TimeScale } from "../../lambdas/domain/time/scaled-time.ts";
import type { ClientSettings } from "./tables.ts";

export interface Connection {
  readonly settings: ClientSettings;
  readonly items: DynamoDBDocumentClient;
  readonly executions: SFNClient;
  readonly queues: SQSClient;
  readonly timeScale: TimeScale | undefined;
  output(name: OutputName): string;
}
