/** After `cdk destroy`, only the resources that the removal policy retains are left. */
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListEventBusesCommand, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListScheduleGroupsCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListConfigurationSetsCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deploy, destroy } from "../../local/deploy.ts";
import { type Engine, startEngine } from "../../local/engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
}, 180_000);
afterAll(() => engine?.stop(), 60_000);

/** The number of resources of each kind, without those of the account and of the CDK's bootstrap. */
async function remains(): Promise<Record<string, number>> {
  const { client } = engine;
  const buses = (await new EventBridgeClient(client).send(new ListEventBusesCommand({}))).EventBuses ?? [];
  const rules = (await new EventBridgeClient(client).send(new ListRulesCommand({}))).Rules ?? [];
  const buckets = (await new S3Client(client).send(new ListBucketsCommand({}))).Buckets ?? [];
  const groups = (await new SchedulerClient(client).send(new ListScheduleGroupsCommand({}))).ScheduleGroups ?? [];
  return {
    scheduleGroups: groups.filter(({ Name }) => Name !== "default").length,
    tables: ((await new DynamoDBClient(client).send(new ListTablesCommand({}))).TableNames ?? []).length,
    machines: ((await new SFNClient(client).send(new ListStateMachinesCommand({}))).stateMachines ?? []).length,
    queues: ((await new SQSClient(client).send(new ListQueuesCommand({}))).QueueUrls ?? []).length,
    buses: buses.filter(({ Name }) => Name !== "default").length,
    rules: rules.length,
    buckets: buckets.filter(({ Name }) => !Name?.startsWith("cdk-")).length,
    secrets: ((await new SecretsManagerClient(client).send(new ListSecretsCommand({}))).SecretList ?? []).length,
    configurationSets: (
      (await new SESv2Client(client).send(new ListConfigurationSetsCommand({}))).ConfigurationSets ?? []
    ).length,
  };
}

const nothing = {
  scheduleGroups: 0,
  tables: 0,
  machines: 0,
  queues: 0,
  buses: 0,
  rules: 0,
  buckets: 0,
  secrets: 0,
  configurationSets: 0,
};

test("with the removal policy destroy, every resource is deleted", { timeout: 180_000 }, async () => {
  await deploy(engine, { context: { removalPolicy: "destroy" } });
  expect(await remains()).toMatchObject({ tables: 4, machines: 2, buses: 1, secrets: 2, scheduleGroups: 1 });
  await destroy(engine);
  expect(await remains()).toEqual(nothing);
});

test("otherwise, everything is deleted except data of customers and admins", { timeout: 180_000 }, async () => {
  await deploy(engine);
  await destroy(engine);
  expect(await remains()).toEqual({ ...nothing, tables: 4, buckets: 1, secrets: 2 });
});
