/** The permissions of each function that the walk of `rights.test.ts` need not use, and why not. */
import type { FunctionName } from "../../../lambdas/adapters/environment.ts";
import { execution, passing, runExecution, schedules } from "../../formats/permissions.ts";

const [stop, describing] = [`states:StopExecution on ${execution}`, `states:DescribeExecution on ${execution}`];
const DESCRIBING_RUN = `states:DescribeExecution on ${runExecution}`;
const signal = "states:SendTaskSuccess on Machine/StateMachine";
const customers = (action: string) => `dynamodb:${action} on Tables/Customers.Arn`;
const readJourney = "dynamodb:GetItem on Tables/Journeys.Arn";
/** Of the functions that list all journeys. */
const journeys = [
  readJourney,
  ...["BatchGetItem", "Query"].map((action) => `dynamodb:${action} on Tables/Journeys.Arn`),
];
const readTemplate = "dynamodb:GetItem on Tables/Templates.Arn";

const OTHER_VIEW = "how a function reads journeys depends on which it has read before";
const SEGMENT = "no live journey names a segment";
const RACE = "only when two things happen at the same moment";
/** The client of SQS calls the address of the queue, and this is the emulator's own. */
const PAST_THE_PROXY = "a message for a queue does not pass the proxy; test/formats/rights.test.ts sees it";
const LATER = "only in a life of days, which test/formats/rights.test.ts plays";
const because = (reason: string, ...permissions: readonly string[]) =>
  Object.fromEntries(permissions.map((permission) => [permission, reason]));

const arming = (verb: string) => [`scheduler:${verb}Schedule on ${schedules}`];

/** Permissions that the walk need not use. */
export const spared: Record<FunctionName, Readonly<Record<string, string>>> = {
  "trigger-matcher": {
    ...because(SEGMENT, readTemplate),
    ...because(OTHER_VIEW, ...journeys),
    ...because(RACE, signal, customers("DeleteItem")),
    ...because(LATER, customers("UpdateItem")),
    ...because(
      PAST_THE_PROXY,
      ...["Events/Queue", "Events/DeadLetters", "Entries/Queue"].map((queue) => `sqs:SendMessage on ${queue}.Arn`),
    ),
  },
  advance: {
    ...because(OTHER_VIEW, readJourney),
    ...because(LATER, customers("UpdateItem"), "dynamodb:GetItem on Tables/Counters.Arn"),
    ...because("no component here counts events", "dynamodb:Query on Tables/Customers.Arn/index/happened"),
    ...because("no component here checks a customer who did not change", customers("ConditionCheckItem")),
  },
  "await-signal": { ...because(OTHER_VIEW, readJourney), ...because(RACE, signal) },
  "exit-evaluator": {
    ...because(SEGMENT, readTemplate),
    ...because(OTHER_VIEW, ...journeys),
    ...because(RACE, customers("BatchWriteItem"), customers("DeleteItem"), signal, stop),
  },
  "message-status": {
    ...because(
      "a message for a queue does not pass the proxy; an answer in test/deployed/texts becomes an event by it",
      "sqs:SendMessage on Events/Queue.Arn",
    ),
    ...because(SEGMENT, readTemplate),
    ...because(OTHER_VIEW, readJourney),
    ...because(LATER, ...["GetItem", "Query", "PutItem"].map((action) => `dynamodb:${action} on Tables/Counters.Arn`)),
  },
  "journey-publisher": {
    ...because(OTHER_VIEW, ...journeys),
    ...because(OTHER_VIEW, "dynamodb:BatchGetItem on Tables/Templates.Arn", "dynamodb:GetItem on Tables/Templates.Arn"),
    ...because("no layout is saved", "dynamodb:Query on Tables/Templates.Arn/index/channel"),
    ...because("nobody is parked", "dynamodb:Query on Tables/Customers.Arn/index/active"),
    ...because("the schedule of a journey is new", ...["Update", "Delete"].flatMap(arming)),
    ...because(PAST_THE_PROXY, "sqs:SendMessage on StatusTasks/Queue.Arn"),
  },
  "journey-status": {
    ...because(OTHER_VIEW, readJourney),
    ...because(SEGMENT, readTemplate),
    ...because(PAST_THE_PROXY, "sqs:SendMessage on StatusTasks/Queue.Arn"),
    ...because(
      "no edit adds rules while customers are inside",
      "dynamodb:Query on Tables/Customers.Arn/index/happened",
    ),
    ...because("nobody is parked", signal),
  },
  reconciler: {
    ...because(OTHER_VIEW, ...journeys),
    ...because(
      "no execution is lost",
      signal,
      stop,
      describing,
      "states:StartExecution on Machine/StateMachine",
      customers("GetItem"),
      customers("PutItem"),
      "dynamodb:UpdateItem on Tables/Counters.Arn",
    ),
    ...because("no schedule is wrong", ...["Create", "Update", "Delete"].flatMap(arming), passing),
    ...because("no run is lost", "states:StartExecution on RunMachine/StateMachine", DESCRIBING_RUN),
  },
  unsubscribe: {},
  "audience-run": {
    ...because(OTHER_VIEW, readJourney),
    ...because(SEGMENT, readTemplate),
    ...because("no audience counts events", "dynamodb:Query on Tables/Customers.Arn/index/happened"),
    ...because(PAST_THE_PROXY, "sqs:SendMessage on Entries/Queue.Arn"),
    ...because("a person starts the run", ...["Create", "Update", "Delete"].flatMap(arming), passing),
  },
  "unsubscription-writer": {},
};
