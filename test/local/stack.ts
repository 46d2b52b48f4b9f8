/** A small stack for the tests of local/patches. It is deployed as a template, without the CDK. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import type { Engine } from "../../local/engine.ts";
import { attribute, type Files, functions } from "./functions.ts";

/** The name of the one state machine whose tokens the functions may send back. */
export const MAY_ANSWER = "may-answer";

const aTable = (more: object) => ({
  Type: "AWS::DynamoDB::Table",
  Properties: {
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    ...more,
  },
});

const arnOf = ({ region, account }: Engine, service: string, rest: string) =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

const statements = (...all: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: all.map((statement) => ({ Effect: "Allow", ...statement })),
});

const filesOf = ({ folder }: Engine): Files => ({ notes: join(folder, "notes"), tokens: join(folder, "tokens") });

const template = (engine: Engine) => ({
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: statements({
          Principal: { Service: ["lambda.amazonaws.com", "states.amazonaws.com"] },
          Action: "sts:AssumeRole",
        }),
        Policies: [
          {
            PolicyName: "allowed",
            PolicyDocument: statements(
              { Action: "dynamodb:GetItem", Resource: attribute("Items") },
              { Action: "secretsmanager:GetSecretValue", Resource: { Ref: "Secret" } },
              { Action: "ses:SendEmail", Resource: arnOf(engine, "ses", "identity/shop.example") },
              { Action: "states:SendTaskSuccess", Resource: arnOf(engine, "states", `stateMachine:${MAY_ANSWER}`) },
            ),
          },
        ],
      },
    },
    Secret: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "hush" } },
    ...functions(filesOf(engine)),
    Address: {
      Type: "AWS::Lambda::Url",
      Properties: { TargetFunctionArn: attribute("Answering"), AuthType: "NONE" },
    },
    Items: aTable({ StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" } }),
    GivenUp: { Type: "AWS::S3::Bucket" },
    Mapping: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        FunctionName: { Ref: "Reading" },
        EventSourceArn: attribute("Items", "StreamArn"),
        StartingPosition: "TRIM_HORIZON",
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: attribute("GivenUp") } },
      },
    },
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "bus" } },
    Heard: { Type: "AWS::SQS::Queue" },
    OnlyEncrypted: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [{ Ref: "Heard" }],
        PolicyDocument: statements({
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: attribute("Heard"),
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
    },
    OnBus: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventBusName: { Ref: "Bus" },
        EventPattern: { source: ["shop"] },
        Targets: [{ Id: "heard", Arn: attribute("Heard") }],
      },
    },
    OnMail: {
      Type: "AWS::Events::Rule",
      Properties: { EventPattern: { source: ["aws.ses"] }, Targets: [{ Id: "heard", Arn: attribute("Heard") }] },
    },
    Domain: { Type: "AWS::SES::EmailIdentity", Properties: { EmailIdentity: "shop.example" } },
    Mail: { Type: "AWS::SES::ConfigurationSet", Properties: { Name: "mail" } },
    Reports: {
      Type: "AWS::SES::ConfigurationSetEventDestination",
      Properties: {
        ConfigurationSetName: { Ref: "Mail" },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ["SEND", "DELIVERY", "OPEN"],
          EventBridgeDestination: { EventBusArn: arnOf(engine, "events", "event-bus/default") },
        },
      },
    },
  },
  Outputs: {
    Role: { Value: attribute("Role") },
    Secret: { Value: { Ref: "Secret" } },
    Failing: { Value: attribute("Failing") },
    Lending: { Value: attribute("Lending") },
    Timing: { Value: attribute("Timing") },
    Items: { Value: { Ref: "Items" } },
    GivenUp: { Value: { Ref: "GivenUp" } },
    Heard: { Value: { Ref: "Heard" } },
    Address: { Value: attribute("Address", "FunctionUrl") },
  },
});

export interface Emulator {
  readonly engine: Engine;
  readonly outputs: Outputs;
}

export type Outputs = Readonly<Record<keyof ReturnType<typeof template>["Outputs"], string>>;

/** The complete lines that functions have written, in order. */
export function written(engine: Engine, what: keyof Files): string[] {
  const file = filesOf(engine)[what];
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
}

export async function deployed(engine: Engine): Promise<Outputs> {
  const client = new CloudFormationClient(engine.client);
  const StackName = "patches";
  const TemplateBody = JSON.stringify(template(engine));
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ["CAPABILITY_IAM"] }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.05 }, { StackName });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const outputs = Stacks.flatMap((stack) => stack.Outputs ?? []);
  return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])) as Outputs;
}
