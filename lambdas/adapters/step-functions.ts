/** Starts, stops and wakes executions of the state machine. An execution is the durable timer of one enrollment. */
import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import type { Executions, Signals } from "../app/ports.ts";
import type { EnrollmentRef } from "../app/store.ts";
import { ServiceError, throttled } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SFNClient(retried);

/** These errors mean success: the execution has ended, or the token was used, or its time is up. */
const harmless = new Set([
  "ExecutionAlreadyExists",
  "ExecutionDoesNotExist",
  "TaskTimedOut",
  "TaskDoesNotExist",
  "InvalidToken",
]);

async function done(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const { name } = error as Error;
    if (harmless.has(name)) return;
    throw name === "ThrottlingException"
      ? throttled("Step Functions", error)
      : new ServiceError("Step Functions", error);
  }
}

/** For functions that only wake executions. A task token identifies its execution, so no ARN is needed. */
export const stepFunctionsSignals: Signals = {
  signal: (taskToken) => done(client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }))),
};

export function stepFunctions(stateMachineArn: string): Executions {
  return {
    ...stepFunctionsSignals,
    start: ({ customerId, enrollmentId }, attempt) =>
      done(
        client.send(
          new StartExecutionCommand({
            stateMachineArn,
            name: nameOf(enrollmentId, attempt),
            input: JSON.stringify({ customerId, enrollmentId }),
          }),
        ),
      ),
    stop: ({ enrollmentId }: EnrollmentRef, attempt) => {
      const executionArn = executionArnOf(stateMachineArn, enrollmentId, attempt);
      return done(client.send(new StopExecutionCommand({ executionArn })));
    },
  };
}

export function executionArnOf(stateMachineArn: string, enrollmentId: string, attempt: number): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${nameOf(enrollmentId, attempt)}`;
}

function nameOf(enrollmentId: string, attempt: number): string {
  return `${enrollmentId}-${attempt}`;
}
