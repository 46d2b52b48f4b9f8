/** Starts, stops and wakes executions of the state machine. An execution is the durable timer of one enrollment. */
import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Executions, Signals } from "../app/ports.ts";
import type { EnrollmentRef } from "../app/store.ts";
import { ServiceError, throttled } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SFNClient(retried);
/** Stops are clean-up that the reconciler repeats, so a throttled stop is not retried here. */
const stopping = new SFNClient({ ...retried, maxAttempts: 1 });

/** These errors mean success: the execution has ended, the token was used, or the token has expired. */
const harmless = new Set([
  "ExecutionAlreadyExists",
  "ExecutionDoesNotExist",
  "TaskTimedOut",
  "TaskDoesNotExist",
  "InvalidToken",
]);

/**
 * `ExecutionLimitExceeded`: the account has as many open executions as its quota allows. Executions that end make room
 * for new ones.
 */
const throttles = new Set(["ThrottlingException", "ExecutionLimitExceeded"]);

/** Whether the call changed something. */
async function done(call: Promise<unknown>): Promise<boolean> {
  return (await answered(call)) !== undefined;
}

/** The answer; `undefined` when the resource is already as it should be. */
async function answered<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const { name } = error as Error;
    if (harmless.has(name)) return undefined;
    throw throttles.has(name) ? throttled("Step Functions", error) : new ServiceError("Step Functions", error);
  }
}

/** For functions that only wake executions. A task token identifies its execution, so no ARN is needed. */
export const stepFunctionsSignals: Signals = {
  signal: (taskToken) => done(client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }))),
};

export function stepFunctions(stateMachineArn: string): Executions {
  return {
    ...stepFunctionsSignals,
    async start({ customerId, enrollmentId }, attempt) {
      const name = nameOf(enrollmentId, attempt);
      const input = JSON.stringify({ customerId, enrollmentId });
      await done(client.send(new StartExecutionCommand({ stateMachineArn, name, input })));
    },
    async stop({ enrollmentId }: EnrollmentRef, attempt) {
      const executionArn = executionArnOf(stateMachineArn, enrollmentId, attempt);
      await done(stopping.send(new StopExecutionCommand({ executionArn })));
    },
    async isRunning({ enrollmentId }, attempt) {
      const executionArn = executionArnOf(stateMachineArn, enrollmentId, attempt);
      const described = await answered(client.send(new DescribeExecutionCommand({ executionArn })));
      return described?.status === "RUNNING";
    },
  };
}

export function executionArnOf(stateMachineArn: string, enrollmentId: string, attempt: number): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${nameOf(enrollmentId, attempt)}`;
}

function nameOf(enrollmentId: string, attempt: number): string {
  return `${enrollmentId}-${attempt}`;
}
