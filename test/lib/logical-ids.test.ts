/**
 * The logical ids of all resources that hold data. CloudFormation identifies a resource by its logical id alone. With
 * another id it creates a new, empty resource, and the retained old one no longer belongs to the stack. The id comes from
 * the path of constructs, so renaming or moving a construct changes it.
 */
import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import { appWithoutBundling } from "./stack.ts";

const stack = new Stack(appWithoutBundling(), "CustomerJourneys");
// The same construct id as in the app of this repository.
new CustomerJourneys(stack, "Journeys");
const { Resources, Outputs } = Template.fromStack(stack).toJSON() as {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  Outputs: Record<string, { Value: unknown }>;
};

const TABLE = "AWS::DynamoDB::Table";
const QUEUE = "AWS::SQS::Queue";
const waiting = "the messages that wait in the old one are handled by nobody";
const asideOf = "what was put aside in the old one is out of the reach of journeys redrive";
const running = "running executions, which keep the definition they began with, call the old one, which is gone";

/** Each resource with its type and the loss when its id changes. */
const kept: readonly [id: string, type: string, lost: string][] = [
  ["JourneysTablesJourneysCB382BD1", TABLE, "all journeys, their frozen versions and what is live are lost"],
  ["JourneysTablesTemplates2FFD0E60", TABLE, "all templates are lost, and messages are skipped"],
  ["JourneysTablesCustomers96E0BF63", TABLE, "all customers, events and enrollments are lost, consent included"],
  ["JourneysTablesCounters2AE476B1", TABLE, "all counts are lost, and held marketing is sent again"],
  ["JourneysUnsubscribeSigningSecretE4ED404F", "AWS::SecretsManager::Secret", "no link in a mail that was sent works"],
  ["JourneysAddressKey6CA90F94", "AWS::SecretsManager::Secret", "mail goes to addresses that bounced or complained"],
  ["JourneysUnsubscribeFunctionFunctionUrl660EBC50", "AWS::Lambda::Url", "no link in a mail that was sent works"],
  ["JourneysFailuresBucket9190EC28", "AWS::S3::Bucket", `stream records: ${asideOf}`],
  ["JourneysEventsQueueCF6B2A81", QUEUE, waiting],
  ["JourneysEventsDeadLettersC0AA5D48", QUEUE, asideOf],
  ["JourneysStatusesQueueB510535A", QUEUE, waiting],
  ["JourneysStatusesDeadLettersEC1735F6", QUEUE, asideOf],
  ["JourneysStatusTasksQueue60A7B8AE", QUEUE, waiting],
  ["JourneysStatusTasksDeadLetters61ACD89C", QUEUE, asideOf],
  ["JourneysEntriesQueueEACC55A4", QUEUE, waiting],
  ["JourneysEntriesDeadLetters96FD9A7E", QUEUE, asideOf],
  ["JourneysRunMachineStateMachine4BC640F6", "AWS::StepFunctions::StateMachine", "the runs under way are stopped"],
  [
    "JourneysEventBus889926A7",
    "AWS::Events::EventBus",
    "apps publish on a bus that is gone, and other teams' rules with it",
  ],
  ["JourneysMachineStateMachine06AD7C9B", "AWS::StepFunctions::StateMachine", "all running executions are stopped"],
  ["JourneysMailConfigurationSetF0AAF1BE", "AWS::SES::ConfigurationSet", "reports on mail that is on its way get lost"],
];

/** Functions whose ARN is stored elsewhere. A new function can replace any other without loss. */
const called: readonly [id: string, lost: string][] = [
  ["JourneysAdvanceFunction7E55C20A", running],
  ["JourneysAwaitSignalFunction69A3B45F", running],
  ["JourneysUnsubscribeFunctionA4D3280D", "its URL changes with it: no link in a mail that was sent works"],
];

/** The outputs that the command line, apps and people read, and the resources that they name. */
const outputs: Readonly<Record<string, string>> = {
  EventBusName: "JourneysEventBus889926A7",
  JourneysTableName: "JourneysTablesJourneysCB382BD1",
  TemplatesTableName: "JourneysTablesTemplates2FFD0E60",
  CustomersTableName: "JourneysTablesCustomers96E0BF63",
  CountersTableName: "JourneysTablesCounters2AE476B1",
  StateMachineArn: "JourneysMachineStateMachine06AD7C9B",
  AddressKeyArn: "JourneysAddressKey6CA90F94",
  UnsubscribeUrl: "JourneysUnsubscribeFunctionFunctionUrl660EBC50",
  EventsQueueUrl: "JourneysEventsQueueCF6B2A81",
  EventsDeadLetterQueueUrl: "JourneysEventsDeadLettersC0AA5D48",
  StatusesQueueUrl: "JourneysStatusesQueueB510535A",
  StatusesDeadLetterQueueUrl: "JourneysStatusesDeadLettersEC1735F6",
  StatusTasksQueueUrl: "JourneysStatusTasksQueue60A7B8AE",
  StatusTasksDeadLetterQueueUrl: "JourneysStatusTasksDeadLetters61ACD89C",
  EntriesQueueUrl: "JourneysEntriesQueueEACC55A4",
  EntriesDeadLetterQueueUrl: "JourneysEntriesDeadLetters96FD9A7E",
  RunMachineArn: "JourneysRunMachineStateMachine4BC640F6",
  FailuresBucketName: "JourneysFailuresBucket9190EC28",
  ExitEvaluatorName: "JourneysExitEvaluatorFunction172ECD41",
  EventRetentionDays: "400",
};

function expectKept(id: string, type: string, lost: string): void {
  if (Resources[id]?.Type === type) return;
  const others = Object.keys(Resources).filter((other) => Resources[other]?.Type === type);
  expect.fail(
    `No ${type} has the logical id ${id} any more. CloudFormation would make a new, empty one, and ${lost}. There are ${others.join(", ")}. Keep the construct's path, or give the resource its old id with overrideLogicalId.`,
  );
}

test.each(kept)("%s (%s) keeps its logical id, or %s", expectKept);

test.each(called)("the function %s keeps its logical id, or %s", (id, lost) =>
  expectKept(id, "AWS::Lambda::Function", lost),
);

test("every resource that holds data is in the list above", () => {
  const types = new Set(kept.map(([, type]) => type));
  const found = Object.entries(Resources).filter(([, { Type }]) => types.has(Type));
  expect(found.map(([id]) => id).sort()).toEqual(kept.map(([id]) => id).sort());
});

test("apps and rules find the bus by its name", () => {
  expect(Resources.JourneysEventBus889926A7?.Properties?.Name).toBe("CustomerJourneysEventBus0E750753");
});

test.each(Object.entries(outputs))("the output %s names the same resource as in earlier releases", (name, to) => {
  const { Value } = Outputs[name] ?? {};
  const { Ref, "Fn::GetAtt": [of] = [] } = (typeof Value === "object" ? Value : {}) as {
    Ref?: string;
    "Fn::GetAtt"?: string[];
  };
  expect(Ref ?? of ?? Value, `The command line of another release looks ${name} up.`).toBe(to);
});

test("every output is in the list above", () => {
  expect(Object.keys(Outputs).sort()).toEqual(Object.keys(outputs).sort());
});
