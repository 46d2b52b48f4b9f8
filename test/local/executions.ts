/** State machines in the emulator with local/patches. Each test fails with published MiniStack. */
import { setTimeout as sleep } from "node:timers/promises";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { beforeAll, describe, expect, it } from "vitest";
import { machines } from "./machine.ts";
import type { Emulator } from "./stack.ts";

export const describeExecutions = (emulator: () => Emulator) =>
  describe("state machines", { concurrent: true }, () => {
    let states: ReturnType<typeof machines>;

    beforeAll(() => {
      const { engine, outputs } = emulator();
      states = machines(engine, outputs.Failing, outputs.Role);
    });

    const forever = { TimeoutSeconds: 60, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] };

    it("time out after the seconds that stand at the path", async () => {
      const timed = {
        TimeoutSecondsPath: "$.seconds",
        Catch: [{ ErrorEquals: ["States.Timeout"], ResultPath: "$.error", Next: "Caught" }],
      };
      const before = Date.now();
      const end = await states.ended(await states.start(await states.create(timed, true), { seconds: 1 }));
      expect(end).toMatchObject({ status: "SUCCEEDED", output: { end: "caught" } });
      expect(Date.now() - before).toBeGreaterThan(1000);
    });

    it("fail a task whose function fails before it could keep the token", async () => {
      const caught = { TimeoutSeconds: 60, Catch: [{ ErrorEquals: ["OutOfOrder"], Next: "Caught" }] };
      const machine = await states.create(caught, true);
      expect(await states.ended(await states.start(machine, { fail: "OutOfOrder" }))).toMatchObject({
        status: "SUCCEEDED",
      });
      expect(await states.ended(await states.start(machine, { fail: "SomethingElse" }))).toMatchObject({
        status: "FAILED",
        error: "SomethingElse",
      });
    });

    it("retry by the error's name, in the same process", async () => {
      const Retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 5 }];
      const machine = await states.create({ Retry, ResultSelector: { "calls.$": "$.Payload.calls" } });
      const busy = await states.ended(await states.start(machine, { fail: "Busy", times: 2 }));
      expect(busy).toMatchObject({ status: "SUCCEEDED" });
      expect((busy.output as { calls: number }).calls).toBeGreaterThan(2);
      expect(await states.ended(await states.start(machine, { fail: "Broken" }))).toMatchObject({ error: "Broken" });
    });

    it.each([
      ["a selected result", { ResultSelector: { "x.$": "$.Payload.nothing" } }],
      ["a parameter", { Parameters: { FunctionName: "any", "Payload.$": "$.nothing" } }],
      ["a time-out", { TimeoutSecondsPath: "$.nothing" }],
    ])("fail where the path of %s leads nowhere, whatever is caught", async (_, wrong) => {
      const { TimeoutSeconds: _seconds, ...caught } = forever;
      const machine = await states.create({ ...caught, ...wrong });
      expect(await states.ended(await states.start(machine, {}))).toMatchObject({
        status: "FAILED",
        error: "States.Runtime",
      });
    });

    it("stay stopped when they are stopped, and may be stopped again", async () => {
      const machine = await states.create({ TimeoutSecondsPath: "$.seconds" }, true);
      const executionArn = await states.start(machine, { seconds: 1 });
      await sleep(500);
      await states.client.send(new StopExecutionCommand({ executionArn }));
      await sleep(1500);
      expect(await states.ended(executionArn)).toMatchObject({ status: "ABORTED" });
      const done = await states.start(await states.create({}), {});
      await states.ended(done);
      await states.client.send(new StopExecutionCommand({ executionArn: done }));
      expect(await states.ended(done)).toMatchObject({ status: "SUCCEEDED" });
    });

    it("start once for a name and an input", async () => {
      const machine = await states.create(forever, true);
      const first = await states.start(machine, { a: 1 }, "once");
      expect(await states.start(machine, { a: 1 }, "once")).toBe(first);
      await expect(states.start(machine, { a: 2 }, "once")).rejects.toThrow("already exists");
      await states.client.send(new StopExecutionCommand({ executionArn: first }));
      await expect(states.start(machine, { a: 1 }, "once")).rejects.toThrow("already exists");
    });
  });
