import { globSync } from "node:fs";
import { basename } from "node:path";
import { Duration } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { environments, type FunctionName } from "../../lambdas/adapters/environment.ts";
import { defaultStack, synthesized } from "./stack.ts";

const timeScale = { factor: 1440, real: "2026-01-01T00:00:00.000Z", virtual: "2026-06-01T00:00:00.000Z" };
const sender = { from: "Shop <hello@shop.example>", replyTo: ["help@shop.example"] };

const stack = defaultStack();
const full = synthesized({
  sender,
  timeScale,
  eventRetention: Duration.days(30),
  logRetention: RetentionDays.ONE_WEEK,
  requireTests: true,
});

const common = {
  JOURNEYS_TABLE: "Tables/Journeys",
  CUSTOMERS_TABLE: "Tables/Customers",
  COUNTERS_TABLE: "Tables/Counters",
  EVENT_RETENTION_DAYS: "400",
};
const machine = { STATE_MACHINE_ARN: "Machine/StateMachine" };
const bus = { EVENT_BUS_NAME: "EventBus/Bus" };
const templates = { TEMPLATES_TABLE: "Tables/Templates" };
const statusTasks = { STATUS_QUEUE_URL: "StatusTasks/Queue" };
const entries = { ENTRIES_QUEUE_URL: "Entries/Queue" };
const schedules = {
  SCHEDULE_GROUP: "TestJourneysSchedulesFEFF60FB",
  RUN_MACHINE_ARN: "arn:Partition:states:Region:AccountId:stateMachine:TestJourneysSchedulesFEFF60FB-Runs",
  SCHEDULE_ROLE_ARN: "Schedules/Role.Arn",
};
const secret = { SIGNING_SECRET_ARN: "Unsubscribe/SigningSecret" };

const functions: Record<FunctionName, { construct: string; timeout: number; told: Record<string, string> }> = {
  "trigger-matcher": {
    construct: "TriggerMatcher",
    timeout: 30,
    told: {
      ...machine,
      ...entries,
      ...templates,
      QUEUE_URL: "Events/Queue",
      DEAD_LETTER_QUEUE_URL: "Events/DeadLetters",
    },
  },
  advance: {
    construct: "Advance",
    timeout: 60,
    told: {
      ...templates,
      ...bus,
      ...secret,
      ADDRESS_KEY_ARN: "AddressKey/Key",
      CONFIGURATION_SET: "Mail/ConfigurationSet",
      UNSUBSCRIBE_URL: "Unsubscribe/Function/FunctionUrl.FunctionUrl",
    },
  },
  "await-signal": { construct: "AwaitSignal", timeout: 30, told: {} },
  "exit-evaluator": {
    construct: "ExitEvaluator",
    timeout: 60,
    told: { ...machine, ...templates, ...bus, ADDRESS_KEY_ARN: "AddressKey/Key" },
  },
  "message-status": { construct: "MessageStatus", timeout: 30, told: templates },
  "journey-publisher": {
    construct: "JourneyPublisher",
    timeout: 60,
    told: { ...schedules, ...statusTasks, ...templates },
  },
  "journey-status": { construct: "JourneyStatus", timeout: 60, told: { ...machine, ...templates, ...statusTasks } },
  reconciler: { construct: "Reconciler", timeout: 300, told: { ...machine, ...schedules } },
  unsubscribe: {
    construct: "Unsubscribe",
    timeout: 15,
    told: { ...secret, WRITER_NAME: "Unsubscribe/Writer/Function" },
  },
  "unsubscription-writer": { construct: "Unsubscribe/Writer", timeout: 10, told: secret },
  "audience-run": { construct: "AudienceRun", timeout: 120, told: { ...schedules, ...templates, ...entries } },
};

/** The public page is told no table. */
const withoutTables = "unsubscribe";

test("each file of lambdas is a function, and every function is such a file", () => {
  const files = globSync("lambdas/*.ts").map((file) => basename(file, ".ts"));
  expect(files.sort()).toEqual(Object.keys(functions).sort());
  expect(stack.ofType("AWS::Lambda::Function")).toHaveLength(files.length);
});

function variablesOf(from: typeof stack, construct: string) {
  return (from.get(`${construct}/Function`).Environment as { Variables: Record<string, string> }).Variables;
}

describe.each(Object.entries(functions))("%s", (name, { construct, timeout, told }) => {
  const properties = stack.get(`${construct}/Function`);

  test("has the common settings", () => {
    expect(properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      MemorySize: 512,
      Timeout: timeout,
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "JSON", LogGroup: `${construct}/FunctionLog` },
    });
    expect(properties.Description).toMatch(/^[A-Z][^.]+$/);
  });

  test("has exactly the environment variables that it needs", () => {
    const shared = name === withoutTables ? {} : common;
    expect(variablesOf(stack, construct)).toEqual({ POWERTOOLS_SERVICE_NAME: name, ...shared, ...told });
  });

  test.each([
    ["least", stack],
    ["most", full],
  ])("understands what it is told at %s", (_, from) => {
    const schema = environments[name as FunctionName];
    const understood = z.safeParse(schema, variablesOf(from, construct));
    expect(understood.error?.issues ?? []).toEqual([]);
    const unknown = Object.keys(variablesOf(from, construct)).filter((variable) => !(variable in schema.shape));
    expect(unknown).toEqual(["POWERTOOLS_SERVICE_NAME"]);
  });

  test.skipIf(name === withoutTables)("gets the time scale and the retention of events", () => {
    const variables = variablesOf(full, construct);
    expect(JSON.parse(variables.TIME_SCALE ?? "")).toEqual(timeScale);
    expect(variables.EVENT_RETENTION_DAYS).toBe("30");
  });
});

test("only a stack that requires tests tells journey-publisher to run them, and gives it more time", () => {
  const { REQUIRE_TESTS } = variablesOf(full, "JourneyPublisher");
  expect([REQUIRE_TESTS, full.get("JourneyPublisher/Function").Timeout]).toEqual(["true", 300]);
});

test("only advance gets the sender", () => {
  const told = Object.values(functions).filter(({ construct }) => "SENDER" in variablesOf(full, construct));
  expect(told.map(({ construct }) => construct)).toEqual(["Advance"]);
  expect(JSON.parse(variablesOf(full, "Advance").SENDER ?? "")).toEqual(sender);
});

test.each([
  ["a month", stack, 30],
  ["as long as it was said", full, 7],
])("logs are kept for %s, and go with the stack", (_, { resources }, days) => {
  const logs = resources.filter(({ type }) => type === "AWS::Logs::LogGroup");
  expect(logs).toHaveLength(Object.keys(functions).length + 2);
  for (const { properties, rest } of logs) {
    expect(properties.RetentionInDays).toBe(days);
    expect(rest).toMatchObject({ DeletionPolicy: "Delete" });
  }
});

test("Secrets Manager generates a long secret for signing links", () => {
  expect(stack.get("Unsubscribe/SigningSecret").GenerateSecretString).toEqual({
    PasswordLength: 64,
    ExcludePunctuation: true,
  });
});

test("the outputs have the names that the command line reads", () => {
  expect(stack.outputs).toEqual({
    EventBusName: "EventBus/Bus",
    JourneysTableName: "Tables/Journeys",
    TemplatesTableName: "Tables/Templates",
    CustomersTableName: "Tables/Customers",
    CountersTableName: "Tables/Counters",
    StateMachineArn: "Machine/StateMachine",
    AddressKeyArn: "AddressKey/Key",
    UnsubscribeUrl: "Unsubscribe/Function/FunctionUrl.FunctionUrl",
    EventsQueueUrl: "Events/Queue",
    EventsDeadLetterQueueUrl: "Events/DeadLetters",
    StatusesQueueUrl: "Statuses/Queue",
    StatusesDeadLetterQueueUrl: "Statuses/DeadLetters",
    StatusTasksQueueUrl: "StatusTasks/Queue",
    StatusTasksDeadLetterQueueUrl: "StatusTasks/DeadLetters",
    EntriesQueueUrl: "Entries/Queue",
    EntriesDeadLetterQueueUrl: "Entries/DeadLetters",
    RunMachineArn: "RunMachine/StateMachine",
    FailuresBucketName: "Failures/Bucket",
    ExitEvaluatorName: "ExitEvaluator/Function",
    EventRetentionDays: "400",
  });
});
