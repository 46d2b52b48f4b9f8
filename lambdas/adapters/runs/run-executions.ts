/**
 * The executions of the state machine of audience runs. The name of an execution says which lost execution it replaces.
 */
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { RunStart } from "../../app/runs/plan-run.ts";
import type { RunExecutions } from "../../app/runs/reconcile-runs.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import { ServiceError, throttled } from "../services/errors.ts";
import { retried } from "../services/time-outs.ts";

const client = new SFNClient(retried);

export function runExecutions(stateMachineArn: string): RunExecutions {
  async function start(given: RunStart, name: string): Promise<void> {
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(given) });
    await unless("ExecutionAlreadyExists", client.send(command));
  }

  return {
    async isRunning(execution) {
      const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${execution}`;
      const found = await unless("ExecutionDoesNotExist", client.send(new DescribeExecutionCommand({ executionArn })));
      return found?.status === "RUNNING";
    },

    restart: ({ journeyId, runId }, lost, when) => start({ journeyId, runId }, deterministicId(runId, lost, when)),
    begin: ({ journeyId, runId }, when) => start({ journeyId, runId, asked: true }, deterministicId(runId, when)),
    makeUp: (journeyId, missed, when) => start({ journeyId, ...missed }, deterministicId(journeyId, missed.at, when)),
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
