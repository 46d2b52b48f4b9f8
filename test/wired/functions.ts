/**
 * The functions as Lambda starts them. Each one is imported with the variables of its own schema only, which are
 * the variables that the stack sets (`test/lib/functions.test.ts`).
 */
import type { Context } from "aws-lambda";
import { vi } from "vitest";
import { type EnvironmentOf, environments, type FunctionName } from "../../lambdas/adapters/environment.ts";

export type Invoke = (event: unknown) => Promise<unknown>;

type Module = { readonly handler: unknown };

const files: Readonly<Record<FunctionName, () => Promise<Module>>> = {
  "trigger-matcher": () => import("../../lambdas/trigger-matcher.ts"),
  advance: () => import("../../lambdas/advance.ts"),
  "await-signal": () => import("../../lambdas/await-signal.ts"),
  "exit-evaluator": () => import("../../lambdas/exit-evaluator.ts"),
  "message-status": () => import("../../lambdas/message-status.ts"),
  "journey-publisher": () => import("../../lambdas/journey-publisher.ts"),
  "journey-status": () => import("../../lambdas/journey-status.ts"),
  reconciler: () => import("../../lambdas/reconciler.ts"),
  unsubscribe: () => import("../../lambdas/unsubscribe.ts"),
  "audience-run": () => import("../../lambdas/audience-run.ts"),
  "unsubscription-writer": () => import("../../lambdas/unsubscription-writer.ts"),
};

export const functionNames = Object.keys(files) as FunctionName[];

export type Variable = { [F in FunctionName]: keyof EnvironmentOf<F> }[FunctionName];

/** The client of SQS calls the address of the queue itself. */
const LOOPBACK = "http://loopback";

/** Each variable's value. A variable without one is optional, and not set unless a test says so. */
export const values: Readonly<Record<Variable, string | undefined>> = {
  JOURNEYS_TABLE: "the-journeys",
  CUSTOMERS_TABLE: "the-customers",
  COUNTERS_TABLE: "the-counters",
  TEMPLATES_TABLE: "the-templates",
  EVENT_RETENTION_DAYS: "400",
  STATE_MACHINE_ARN: "arn:aws:states:eu-central-1:111122223333:stateMachine:the-machine",
  QUEUE_URL: `${LOOPBACK}/events`,
  ENTRIES_QUEUE_URL: `${LOOPBACK}/entries`,
  SCHEDULE_GROUP: "the-group",
  RUN_MACHINE_ARN: "arn:aws:states:eu-central-1:111122223333:stateMachine:the-run-machine",
  SCHEDULE_ROLE_ARN: "arn:aws:iam::111122223333:role/the-role",
  STATUS_QUEUE_URL: `${LOOPBACK}/status-tasks`,
  DEAD_LETTER_QUEUE_URL: `${LOOPBACK}/dead-letters`,
  EVENT_BUS_NAME: "the-bus",
  CONFIGURATION_SET: "the-set",
  UNSUBSCRIBE_URL: "https://unsubscribe.example/",
  SIGNING_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:the-secret",
  ADDRESS_KEY_ARN: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:the-key",
  NUMBER_KEY_ARN: undefined,
  LIST_NUMBERS: undefined,
  EVENTS_QUEUE_URL: undefined,
  WRITER_NAME: "the-writer",
  TIME_SCALE: undefined,
  SENDER: undefined,
  LIMITS: undefined,
  SMS: undefined,
  WHATSAPP: undefined,
  MAIL_RATE: undefined,
  REQUIRE_TESTS: undefined,
};

export const variablesOf = (name: FunctionName) => Object.keys(environments[name].shape) as Variable[];

/** The variables that a function starts with. */
function environmentOf(name: FunctionName, changes: Partial<typeof values> = {}): Record<string, string> {
  const all: Partial<typeof values> = { ...values, ...changes };
  const set = variablesOf(name).flatMap((variable) => {
    const value = all[variable];
    return value === undefined ? [] : [[variable, value.replace(LOOPBACK, process.env.AWS_ENDPOINT_URL ?? "")]];
  });
  return Object.fromEntries(set) as Record<string, string>;
}

/** Sets the variables of a function, and removes those of the other functions. */
export function setVariables(name: FunctionName, changes: Partial<typeof values> = {}): void {
  for (const variable of Object.keys(values)) delete process.env[variable];
  Object.assign(process.env, environmentOf(name, changes), { POWERTOOLS_SERVICE_NAME: name });
}

/** Makes the next start a cold start, which reads the variables again. */
export const cold = () => vi.resetModules();

/** Starts a function. */
export async function started(name: FunctionName, changes: Partial<typeof values> = {}): Promise<Invoke> {
  setVariables(name, changes);
  const { handler } = await files[name]();
  return (event) => (handler as (event: unknown, context: Context) => Promise<unknown>)(event, context);
}

export const context = { functionName: "a-function", awsRequestId: "request-1", memoryLimitInMB: "512" } as Context;
