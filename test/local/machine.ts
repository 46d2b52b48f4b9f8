/** Starts state machines with one task and observes them. */

import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Engine } from "../../local/engine.ts";

let count = 0;

export function machines(engine: Engine, functionArn: string, roleArn: string) {
  const client = new SFNClient(engine.client);
  const INVOKE = "arn:aws:states:::lambda:invoke";

  return {
    client,

    /** A task that calls the function with the input. With `waiting`, it waits for its task token. */
    async create(task: object, waiting = false, name = `machine-${++count}`): Promise<string> {
      const states = {
        Task: {
          Type: "Task",
          Resource: waiting ? `${INVOKE}.waitForTaskToken` : INVOKE,
          Parameters: { FunctionName: functionArn, "Payload.$": "$" },
          End: true,
          ...task,
        },
        Caught: { Type: "Pass", Result: "caught", ResultPath: "$.end", End: true },
      };
      const { stateMachineArn = "" } = await client.send(
        new CreateStateMachineCommand({
          name,
          roleArn,
          definition: JSON.stringify({ StartAt: "Task", States: states }),
        }),
      );
      return stateMachineArn;
    },

    async start(stateMachineArn: string, input: object, name?: string): Promise<string> {
      const given = { stateMachineArn, input: JSON.stringify(input), ...(name !== undefined && { name }) };
      return (await client.send(new StartExecutionCommand(given))).executionArn ?? "";
    },

    /** The final status of an execution. */
    async ended(executionArn: string) {
      for (;;) {
        const { status, error, output = "null" } = await client.send(new DescribeExecutionCommand({ executionArn }));
        if (status !== "RUNNING") return { status, error, output: JSON.parse(output) as unknown };
        await sleep(50);
      }
    },
  };
}
