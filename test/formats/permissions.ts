/**
 * Which permissions a request of a function needs, and which a role has, in the words of `test/lib/stack.ts`. The names
 * of tables, queues and secrets are those of the run.
 */
import type { FunctionName } from "../../lambdas/adapters/environment.ts";
import { defaultStack, type Synthesized } from "../lib/stack.ts";

type Plain = Readonly<Record<string, unknown>>;

/** The resources of a run, by the names in its requests. */
export interface Places {
  /** Such as `Customers`. */
  table(name: string): string;
  /** Such as `Events/Queue`. */
  queue(url: string): string;
  /** The state machine of an execution or of itself, such as `Machine/StateMachine`. */
  machine(arn: string): string;
  /** Such as `AddressKey/Key`. */
  secret(id: string): string;
}

const roles: Record<FunctionName, string> = {
  "trigger-matcher": "TriggerMatcher",
  advance: "Advance",
  "await-signal": "AwaitSignal",
  "exit-evaluator": "ExitEvaluator",
  "message-status": "MessageStatus",
  "journey-publisher": "JourneyPublisher",
  "journey-status": "JourneyStatus",
  reconciler: "Reconciler",
  unsubscribe: "Unsubscribe",
  "audience-run": "AudienceRun",
  "unsubscription-writer": "Unsubscribe/Writer",
};

/** Permissions that AWS uses for the function, not its code. */
const ofTheService = [
  /^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl) /,
  /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) /,
  /^s3:(PutObject|ListBucket) on Failures/,
  /^(logs|xray):/,
];

export const execution = "arn:Partition:states:Region:AccountId:execution:Machine/StateMachine.Name:*";
export const runExecution = execution.replace("Machine/", "RunMachine/");
export const schedules = "arn:Partition:scheduler:Region:AccountId:schedule/TestJourneysSchedulesFEFF60FB/*";
/** A function that writes a schedule gives it a role. */
export const passing =
  'iam:PassRole on Schedules/Role.Arn if {"StringEquals":{"iam:PassedToService":"scheduler.amazonaws.com"}}';

const onTable = (action: string, { TableName, IndexName }: Plain, places: Places) => {
  const index = IndexName === undefined ? "" : `/index/${IndexName}`;
  return `dynamodb:${action} on Tables/${places.table(String(TableName))}.Arn${index}`;
};
const onEach = (action: string, { RequestItems }: Plain, places: Places) =>
  Object.keys(RequestItems as object).map((TableName) => onTable(action, { TableName }, places));

/** The actions of a write in a transaction. IAM asks for each of them. */
const writes = { Put: "PutItem", Update: "UpdateItem", Delete: "DeleteItem", ConditionCheck: "ConditionCheckItem" };

const ofExecution = (action: string, { executionArn }: Plain, places: Places) => [
  `states:${action} on ${places.machine(String(executionArn)) === "Machine/StateMachine" ? execution : runExecution}`,
];
const ses = "arn:Partition:ses:Region:AccountId:";
const whatsappNumber = "arn:Partition:social-messaging:Region:AccountId:phone-number-id";

const needs: Readonly<Record<string, (input: Plain, places: Places) => string[]>> = {
  GetItem: (input, places) => [onTable("GetItem", input, places)],
  PutItem: (input, places) => [onTable("PutItem", input, places)],
  UpdateItem: (input, places) => [onTable("UpdateItem", input, places)],
  DeleteItem: (input, places) => [onTable("DeleteItem", input, places)],
  Query: (input, places) => [onTable("Query", input, places)],
  Scan: (input, places) => [onTable("Scan", input, places)],
  BatchGetItem: (input, places) => onEach("BatchGetItem", input, places),
  BatchWriteItem: (input, places) => onEach("BatchWriteItem", input, places),
  TransactWriteItems: ({ TransactItems }, places) =>
    (TransactItems as Record<keyof typeof writes, Plain>[]).flatMap((item) =>
      Object.entries(item).map(([kind, write]) => onTable(writes[kind as keyof typeof writes], write, places)),
    ),
  SendMessage: ({ QueueUrl }, places) => [`sqs:SendMessage on ${places.queue(String(QueueUrl))}.Arn`],
  SendMessageBatch: ({ QueueUrl }, places) => [`sqs:SendMessage on ${places.queue(String(QueueUrl))}.Arn`],
  GetSecretValue: ({ SecretId }, places) => [`secretsmanager:GetSecretValue on ${places.secret(String(SecretId))}`],
  Invoke: () => ["lambda:InvokeFunction on Unsubscribe/Writer/Function.Arn"],
  PutEvents: () => ["events:PutEvents on EventBus/Bus.Arn"],
  SendEmail: () => [
    `ses:SendEmail on ${ses}identity/*`,
    `ses:SendEmail on ${ses}configuration-set/Mail/ConfigurationSet`,
  ],
  SendTextMessage: ({ OriginationIdentity }) => [`sms-voice:SendTextMessage on ${OriginationIdentity}`],
  SendWhatsAppMessage: ({ originationPhoneNumberId }) => [
    `social-messaging:SendWhatsAppMessage on ${whatsappNumber}/${String(originationPhoneNumberId).replace("phone-number-id-", "")}`,
  ],
  StartExecution: ({ stateMachineArn }, places) => [
    `states:StartExecution on ${places.machine(String(stateMachineArn))}`,
  ],
  SendTaskSuccess: () => ["states:SendTaskSuccess on Machine/StateMachine"],
  StopExecution: (input, places) => ofExecution("StopExecution", input, places),
  DescribeExecution: (input, places) => ofExecution("DescribeExecution", input, places),
  GetSchedule: () => [`scheduler:GetSchedule on ${schedules}`],
  CreateSchedule: () => [`scheduler:CreateSchedule on ${schedules}`, passing],
  UpdateSchedule: () => [`scheduler:UpdateSchedule on ${schedules}`, passing],
  DeleteSchedule: () => [`scheduler:DeleteSchedule on ${schedules}`],
};

/** `undefined`: no permission is known for this action. */
export const neededFor = (action: string, input: Plain, places: Places): string[] | undefined =>
  needs[action]?.(input, places);

export const functionNames = Object.keys(roles) as FunctionName[];

/** The permissions of a function's role, without the permissions that AWS itself uses. */
export function mayOf(name: FunctionName, stack: Synthesized = defaultStack()): string[] {
  return stack
    .permissions(`${roles[name]}/FunctionRole`)
    .map((permission) => permission.replace(/^Allow /, ""))
    .filter((permission) => !ofTheService.some((pattern) => pattern.test(permission)));
}

/**
 * The function with this construct in its deployed name, such as `CustomerJourneys-JourneysUnsubscribeWriterFunction…`.
 */
export function functionOf(deployed: string): FunctionName | undefined {
  const found = functionNames.filter((name) => deployed.includes(`Journeys${roles[name].replace("/", "")}Function`));
  return found.length === 1 ? found[0] : undefined;
}
