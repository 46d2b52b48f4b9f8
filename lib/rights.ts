/** Who may do what, as one table: the least that each function's use case asks of its ports. */
import { ArnFormat, Stack } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { IEventBus } from "aws-cdk-lib/aws-events";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { acknowledge } from "./acknowledge.ts";
import type { JourneyFunction } from "./journey-function.ts";
import type { MessageReports } from "./message-reports.ts";
import type { Tables } from "./tables.ts";

interface Resources {
  readonly tables: Tables;
  readonly stateMachine: StateMachine;
  readonly secret: ISecret;
  readonly bus: IEventBus;
  readonly deadLetters: IQueue;
  readonly reports: MessageReports;
  readonly sendingIdentities: readonly string[] | undefined;
}

type AnyFunction = Pick<JourneyFunction<never>, "allow" | "node">;
type Functions = Record<
  "unsubscribe" | "advance" | "awaitSignal" | "matcher" | "evaluator" | "messageStatus" | "publisher" | "reconciler",
  AnyFunction
>;

const get = "dynamodb:GetItem";
const query = "dynamodb:Query";
const put = "dynamodb:PutItem";
const update = "dynamodb:UpdateItem";

export function give(resources: Resources, functions: Functions): void {
  const { tables, stateMachine, secret, bus, deadLetters, reports, sendingIdentities } = resources;
  const { unsubscribe, advance, awaitSignal, matcher, evaluator, messageStatus, publisher, reconciler } = functions;
  const index = (table: Table, name: string) => `${table.tableArn}/index/${name}`;
  const { journeys, templates, customers, counters } = tables;

  const readJourneys = (one: AnyFunction) => one.allow([get, query, "dynamodb:BatchGetItem"], [journeys.tableArn]);
  const changeCustomers = (one: AnyFunction) => {
    one.allow([get, query, put, "dynamodb:ConditionCheckItem"], [customers.tableArn]);
    one.allow([update], [counters.tableArn]);
  };
  const readEvents = (one: AnyFunction) => one.allow([query], [index(customers, "happened")]);
  const findActive = (one: AnyFunction) => one.allow([query], [index(customers, "active")]);
  const erase = (one: AnyFunction) => one.allow(["dynamodb:DeleteItem", "dynamodb:BatchWriteItem"], [customers.tableArn]);
  const start = (one: AnyFunction) => one.allow(["states:StartExecution"], [stateMachine.stateMachineArn]);
  const stop = (one: AnyFunction) => {
    const name = `${stateMachine.stateMachineName}:*`;
    const arn = Stack.of(stateMachine).formatArn({ service: "states", resource: "execution", resourceName: name, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    one.allow(["states:StopExecution"], [arn]);
    const logicalId = Stack.of(stateMachine).getLogicalId(stateMachine.node.defaultChild as never);
    acknowledge(one as never, `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${logicalId}.Name>:*]`, "Any execution of this one state machine, and of no other.");
  };
  const signal = (one: AnyFunction) => one.allow(["states:SendTaskSuccess"], ["*"]);
  const publish = (one: AnyFunction) => one.allow(["events:PutEvents"], [bus.eventBusArn]);
  const readSecret = (one: AnyFunction) => one.allow(["secretsmanager:GetSecretValue"], [secret.secretArn]);

  for (const one of Object.values(functions)) {
    readJourneys(one);
    changeCustomers(one);
  }
  for (const one of [matcher, evaluator, advance]) readEvents(one);
  for (const one of [publisher, reconciler]) findActive(one);
  for (const one of [matcher, evaluator]) erase(one);
  for (const one of [matcher, reconciler]) start(one);
  for (const one of [matcher, evaluator, publisher]) stop(one);
  for (const one of [matcher, evaluator, awaitSignal, messageStatus]) signal(one);
  for (const one of [advance, evaluator]) publish(one);
  for (const one of [advance, unsubscribe]) readSecret(one);

  matcher.allow(["sqs:SendMessage"], [deadLetters.queueArn]);
  advance.allow([get], [templates.tableArn]);
  publisher.allow([put, update], [journeys.tableArn]);
  publisher.allow(["dynamodb:BatchGetItem"], [templates.tableArn]);
  publisher.allow([query], [index(templates, "channel")]);

  const identity = (name: string) => Stack.of(bus).formatArn({ service: "ses", resource: "identity", resourceName: name });
  advance.allow(["ses:SendEmail"], [reports.configurationSetArn, ...(sendingIdentities ?? ["*"]).map(identity)]);
  if (!sendingIdentities)
    acknowledge(advance as never, "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]", "Journeys name their own senders; give sendingIdentities to allow only some.");
}
