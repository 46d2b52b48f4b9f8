/**
 * The executions of the state machine of audience runs. The name of an execution says which lost execution it replaces.
 */
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { RunExecutions } from "../../app/runs/reconcile-runs.ts";
import type { RunRef } from "../../domain/schedule/audience-run.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import { ServiceError, throttled } from "../services/errors.ts";
import { retried } from "../services/time-outs.ts";

const client = new SFNClient(retried);

export function runExecutions(stateMachineArn: string): RunExecutions {
  return {
    async isRunning(execution) {
      const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${execution}`;
      const found = await unless("ExecutionDoesNotExist", client.send(new DescribeExecutionCommand({ executionArn })));
      return found?.status === "RUNNING";
    },

    async restart({ journeyId, runId }: RunRef, lost) {
      const input = JSON.stringify({ journeyId, runId });
      const name = deterministicId(runId, lost);
      const start = new StartExecutionCommand({ stateMachineArn, name, input });
      await unless("ExecutionAlreadyExists", client.send(start));
    },
  };
}

async function unless<T>(name: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const answer = (error as Error).name;
    if (answer === name) return undefined;
    throw answer === "ThrottlingException"
      ? throttled("Step Functions", error)
      : new ServiceError("Step Functions", error);
  }
}
