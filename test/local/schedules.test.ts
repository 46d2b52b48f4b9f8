/** Schedules and the Distributed Map in the emulator with local/patches, while its clock is held. */

import { CreateScheduleCommand, SchedulerClient, UpdateScheduleCommand } from "@aws-sdk/client-scheduler";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, startEngine } from "../../local/engine.ts";
import { HeldClock } from "../../local/held-clock.ts";
import { isInstalled } from "../../local/launch.ts";
import { machines } from "./machine.ts";
import { deployed } from "./stack.ts";

describe.skipIf(!isInstalled())("a schedule in the emulator", () => {
  let engine: Engine;
  let states: ReturnType<typeof machines>;
  let RoleArn: string;
  let clock: HeldClock;

  beforeAll(async () => {
    engine = await startEngine();
    const { Failing, Role } = await deployed(engine);
    RoleArn = Role;
    states = machines(engine, Failing, Role);
    clock = new HeldClock(engine, "2026-03-29T00:00:00.000Z");
    await clock.set(clock.now);
    await clock.release();
  }, 60_000);
  afterAll(() => engine?.stop());

  const until = async (time: string) => {
    await clock.set(time);
    await clock.release();
    return clock.rest();
  };
  const started = async (stateMachineArn: string) =>
    (await states.client.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];

  it("starts once at its time, and once more at a later time that it gets then", async () => {
    const machine = await states.create({});
    const scheduler = new SchedulerClient(engine.client);
    const schedule = (at: string) => ({
      Name: "weekly",
      ScheduleExpression: `at(${at})`,
      FlexibleTimeWindow: { Mode: "OFF" as const },
      Target: { Arn: machine, RoleArn, Input: "{}" },
    });
    await scheduler.send(new CreateScheduleCommand(schedule("2026-03-29T01:30:00")));
    expect(await clock.rest()).toBe("2026-03-29T01:30:00.000Z");
    await until("2026-03-29T01:29:59.000Z");
    expect(await started(machine)).toHaveLength(0);
    await until("2026-03-29T01:30:00.000Z");
    await until("2026-03-29T02:30:00.000Z");
    expect(await started(machine)).toHaveLength(1);
    await scheduler.send(new UpdateScheduleCommand(schedule("2026-04-05T00:30:00")));
    await until("2026-04-05T00:30:00.000Z");
    expect(await started(machine)).toHaveLength(2);
  });

  it("starts a Distributed Map, whose children wait by the held clock", async () => {
    const machine = await states.create({
      Type: "Map",
      Resource: undefined,
      Parameters: undefined,
      ItemsPath: "$.items",
      ItemSelector: { "until.$": "$$.Map.Item.Value" },
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Wait",
        States: { Wait: { Type: "Wait", TimestampPath: "$.until", End: true } },
      },
    });
    const times = ["2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z", "2026-05-03T00:00:00Z"];
    const execution = await states.start(machine, { items: times });
    expect(await clock.rest()).toBe("2026-05-01T00:00:00.000Z");
    expect(await until("2026-05-02T00:00:00.000Z")).toBe("2026-05-03T00:00:00.000Z");
    await until("2026-05-03T00:00:00.000Z");
    expect(await states.ended(execution)).toMatchObject({ status: "SUCCEEDED" });
  });
});
