/** A deployed stack with all its outputs. */
import { DeployedStack } from "../../../stack/deployed/stack.ts";

export const outputs = {
  JourneysTableName: "Journeys",
  TemplatesTableName: "Templates",
  CountersTableName: "Counters",
  CustomersTableName: "Customers",
  EventBusName: "Bus",
  EventRetentionDays: "30",
  StateMachineArn: "arn:machine",
  EventsQueueUrl: "https://events",
  EventsDeadLetterQueueUrl: "https://events-dead",
  StatusTasksQueueUrl: "https://status-tasks",
  StatusTasksDeadLetterQueueUrl: "https://status-tasks-dead",
  EntriesQueueUrl: "https://entries",
  EntriesDeadLetterQueueUrl: "https://entries-dead",
  StatusesQueueUrl: "https://statuses",
  StatusesDeadLetterQueueUrl: "https://statuses-dead",
  FailuresBucketName: "failures",
  ExitEvaluatorName: "exit-evaluator",
};

export const settings = { region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };

export const stack = new DeployedStack(outputs, settings);
