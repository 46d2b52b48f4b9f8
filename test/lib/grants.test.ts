/** The complete permissions of each role. */
import { describe, expect, test } from "vitest";
import type { FunctionName } from "../../lambdas/adapters/environment.ts";
import { defaultStack, synthesized } from "./stack.ts";

const stack = defaultStack();

const dynamodb = (table: string, ...actions: string[]) =>
  actions.map((action) => `dynamodb:${action} on Tables/${table}`);
const readJourneys = dynamodb("Journeys.Arn", "GetItem");
const listJourneys = dynamodb("Journeys.Arn", "BatchGetItem", "Query");
const changeCustomers = [...dynamodb("Customers.Arn", "GetItem", "PutItem"), ...dynamodb("Counters.Arn", "UpdateItem")];
const start = "states:StartExecution on Machine/StateMachine";
const stop = "states:StopExecution on arn:Partition:states:Region:AccountId:execution:Machine/StateMachine.Name:*";
const describing = stop.replace("StopExecution", "DescribeExecution");
const signal = "states:SendTaskSuccess on Machine/StateMachine";
const publish = "events:PutEvents on EventBus/Bus.Arn";
const secret = "secretsmanager:GetSecretValue on Unsubscribe/SigningSecret";
const ses = (resource: string) => `ses:SendEmail on arn:Partition:ses:Region:AccountId:${resource}`;

const receive = (queue: string) =>
  ["ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl"].map(
    (action) => `sqs:${action} on ${queue}.Arn`,
  );

const ours = 'if {"StringEquals":{"s3:ResourceAccount":"AccountId"}}';
const follow = (table: string) => [
  ...dynamodb(`${table}.StreamArn`, "DescribeStream", "GetRecords", "GetShardIterator"),
  "dynamodb:ListStreams on *",
  `s3:PutObject on Failures/Bucket.Arn/aws/lambda/* ${ours}`,
  `s3:ListBucket on Failures/Bucket.Arn ${ours}`,
];

const schedule = (verb: string) =>
  `scheduler:${verb}Schedule on arn:Partition:scheduler:Region:AccountId:schedule/TestJourneysSchedulesFEFF60FB/*`;
/** The schedules of this stack, and the one role that it gives to EventBridge Scheduler. */
const arm = [
  ...["Create", "Update", "Delete"].map(schedule),
  'iam:PassRole on Schedules/Role.Arn if {"StringEquals":{"iam:PassedToService":"scheduler.amazonaws.com"}}',
];

const expected: Record<FunctionName, { construct: string; may: string[] }> = {
  "trigger-matcher": {
    construct: "TriggerMatcher",
    may: [
      ...readJourneys,
      ...listJourneys,
      ...changeCustomers,
      ...dynamodb("Templates.Arn", "GetItem"),
      ...dynamodb("Customers.Arn", "ConditionCheckItem", "UpdateItem", "Query", "DeleteItem", "BatchWriteItem"),
      ...dynamodb("Customers.Arn/index/happened", "Query"),
      start,
      stop,
      signal,
      ...receive("Events/Queue"),
      "sqs:SendMessage on Events/Queue.Arn",
      "sqs:SendMessage on Events/DeadLetters.Arn",
      "sqs:SendMessage on Entries/Queue.Arn",
      ...receive("Entries/Queue"),
      ...dynamodb("Counters.Arn", "GetItem"),
    ],
  },
  advance: {
    construct: "Advance",
    may: [
      ...readJourneys,
      ...changeCustomers,
      ...dynamodb("Counters.Arn", "GetItem"),
      ...dynamodb("Templates.Arn", "GetItem"),
      ...dynamodb("Customers.Arn", "ConditionCheckItem", "UpdateItem"),
      ...dynamodb("Customers.Arn/index/happened", "Query"),
      ses("identity/*"),
      ses("configuration-set/Mail/ConfigurationSet"),
      publish,
      secret,
      "secretsmanager:GetSecretValue on AddressKey/Key",
    ],
  },
  // await-signal stores a token only, so this function needs no counters.
  "await-signal": {
    construct: "AwaitSignal",
    may: [...readJourneys, ...dynamodb("Customers.Arn", "GetItem", "PutItem"), signal],
  },
  "exit-evaluator": {
    construct: "ExitEvaluator",
    may: [
      ...readJourneys,
      ...listJourneys,
      ...changeCustomers,
      ...dynamodb("Templates.Arn", "GetItem"),
      ...dynamodb("Customers.Arn", "Query", "DeleteItem", "BatchWriteItem", "ConditionCheckItem"),
      stop,
      signal,
      publish,
      // An erasure removes the customer from conversations with numbers, even when no channel has any now.
      "secretsmanager:GetSecretValue on AddressKey/Key",
      ...follow("Customers"),
    ],
  },
  "message-status": {
    construct: "MessageStatus",
    may: [
      ...readJourneys,
      ...changeCustomers,
      ...dynamodb("Templates.Arn", "GetItem"),
      ...dynamodb("Counters.Arn", "GetItem", "Query", "PutItem"),
      signal,
      ...receive("Statuses/Queue"),
    ],
  },
  "journey-publisher": {
    construct: "JourneyPublisher",
    may: [
      ...readJourneys,
      ...listJourneys,
      ...dynamodb("Journeys.Arn", "PutItem", "UpdateItem"),
      ...dynamodb("Templates.Arn", "BatchGetItem", "GetItem", "PutItem", "UpdateItem"),
      ...dynamodb("Templates.Arn/index/channel", "Query"),
      ...dynamodb("Customers.Arn/index/active", "Query"),
      "sqs:SendMessage on StatusTasks/Queue.Arn",
      ...arm,
      ...follow("Journeys"),
      ...dynamodb("Templates.StreamArn", "DescribeStream", "GetRecords", "GetShardIterator"),
    ],
  },
  "journey-status": {
    construct: "JourneyStatus",
    may: [
      ...readJourneys,
      ...dynamodb("Templates.Arn", "GetItem"),
      ...changeCustomers,
      ...dynamodb("Customers.Arn/index/active", "Query"),
      ...dynamodb("Customers.Arn/index/happened", "Query"),
      stop,
      signal,
      ...receive("StatusTasks/Queue"),
      "sqs:SendMessage on StatusTasks/Queue.Arn",
    ],
  },
  reconciler: {
    construct: "Reconciler",
    may: [
      ...readJourneys,
      ...listJourneys,
      ...changeCustomers,
      ...dynamodb("Customers.Arn/index/active", "Query"),
      start,
      stop,
      describing,
      signal,
      schedule("Get"),
      ...arm,
      ...dynamodb("Counters.Arn", "GetItem", "Query"),
      "states:StartExecution on RunMachine/StateMachine",
      "states:DescribeExecution on arn:Partition:states:Region:AccountId:execution:RunMachine/StateMachine.Name:*",
    ],
  },
  "audience-run": {
    construct: "AudienceRun",
    may: [
      ...readJourneys,
      ...dynamodb("Customers.Arn", "GetItem", "Scan"),
      ...dynamodb("Templates.Arn", "GetItem"),
      ...dynamodb("Customers.Arn/index/happened", "Query"),
      ...dynamodb("Counters.Arn", "GetItem", "PutItem", "UpdateItem"),
      "sqs:SendMessage on Entries/Queue.Arn",
      ...arm,
    ],
  },
  // The function unsubscribe is public, so it may touch no table.
  unsubscribe: {
    construct: "Unsubscribe",
    may: ["lambda:InvokeFunction on Unsubscribe/Writer/Function.Arn", secret],
  },
  "unsubscription-writer": {
    construct: "Unsubscribe/Writer",
    may: [...dynamodb("Customers.Arn", "GetItem", "PutItem"), secret],
  },
};

/** Every function writes its own log and traces; the X-Ray actions do not support resources. */
const observed = (construct: string) => [
  `logs:CreateLogStream on ${construct}/FunctionLog.Arn`,
  `logs:PutLogEvents on ${construct}/FunctionLog.Arn`,
  "xray:PutTelemetryRecords on *",
  "xray:PutTraceSegments on *",
];

describe.each(Object.entries(expected))("%s", (_, { construct, may }) => {
  test("has exactly these permissions", () => {
    const all = [...may, ...observed(construct)].map((permission) => `Allow ${permission}`);
    expect(stack.permissions(`${construct}/FunctionRole`)).toEqual(all.sort());
  });

  test("has its own role", () => {
    expect(stack.get(`${construct}/Function`).Role).toBe(`${construct}/FunctionRole.Arn`);
  });
});

test("the state machine can call its two functions, write logs and traces", () => {
  expect(stack.permissions("Machine/StateMachine/Role")).toEqual(
    [
      "lambda:InvokeFunction on Advance/Function.Arn",
      "lambda:InvokeFunction on AwaitSignal/Function.Arn",
      ...[
        ...["Create", "Get", "Update", "Delete"].map((verb) => `logs:${verb}LogDelivery`),
        ...[
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups",
        ],
        ...["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
      ].map((action) => `${action} on *`),
    ]
      .map((permission) => `Allow ${permission}`)
      .sort(),
  );
});

test("there are no other roles, no inline permissions and no managed policies", () => {
  const roles = stack.ofType("AWS::IAM::Role");
  expect(roles.map(({ name }) => name).sort()).toEqual(
    [
      ...Object.values(expected).map(({ construct }) => `${construct}/FunctionRole`),
      "Machine/StateMachine/Role",
      "RunMachine/StateMachine/Role",
      "Schedules/Role",
    ].sort(),
  );
  for (const { properties } of roles) {
    expect(properties).not.toHaveProperty("ManagedPolicyArns");
    expect(properties).not.toHaveProperty("Policies");
  }
});

test("with one identity set, the stack can send from that identity only", () => {
  const narrowed = synthesized({ sesIdentity: "shop.example" }).permissions("Advance/FunctionRole");
  expect(narrowed.filter((permission) => permission.includes("ses:"))).toEqual(
    [ses("configuration-set/Mail/ConfigurationSet"), ses("identity/shop.example")].map(
      (permission) => `Allow ${permission}`,
    ),
  );
});
