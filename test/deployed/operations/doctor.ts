/** `doctor`: problems, alarms and measurements, and the commands that it names. */
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import type { Item } from "../../../stack/deployed/stack.ts";
import { cart } from "../../commands/shop.ts";
import { until } from "../waiting.ts";
import { checkout, json, run, waits } from "./shop.ts";

export function describeDoctor(): void {
  describe("doctor", () => {
    const areas = ({ answer }: { answer: { findings: Item[] } }) =>
      answer.findings.filter(({ state }) => state === "failing").map(({ area }) => area);

    test("finds the problems of the stack, and after the commands that it names the stack is healthy", async () => {
      await run.stack.save({ ...cart, start: "nowhere" });
      await until("a dead letter", async () => (await json("redrive", "--list")).answer.letters.length > 0);
      const ill = await json("doctor");
      expect(ill.exitCode).toBe(1);
      expect(areas(ill)).toEqual(["dead letters of events", "journey cart"]);
      await run.journeys("redrive", "--drop", "--yes");
      await run.stack.save(cart);
      const well = await json("doctor");
      expect(areas(well)).toEqual([]);
      expect(well.exitCode).toBe(0);
      const { out } = await run.journeys("doctor");
      expect(out).toContain("The stack is healthy.");
      expect(out).toMatch(/open executions +\d+, of a quota of 1000000/);
    });

    test("an execution that somebody stopped by hand is missed", async () => {
      await checkout("ida", 59);
      const { enrollmentId } = await waits("ida");
      const { answer } = await json("customer", "ida");
      expect(answer.enrollments).toMatchObject([{ enrollmentId }]);
      const openNow = async () =>
        (await json("doctor")).answer.findings.find(({ area }: Item) => area === "open executions");
      expect((await openNow()).state).toBe("ok");
      await run.stack.executions.send(new StopExecutionCommand({ executionArn: answer.enrollments[0].execution.arn }));
      const missed = await until("it to be missed", async () => {
        const finding = await openNow();
        return finding.state === "note" && finding;
      });
      expect(missed.forCustomers).toMatch(/^1 customer inside without an execution/);
    });

    const cloudwatch = () => {
      const { region, credentials, endpoint } = run.stack.queues.config;
      return new CloudWatchClient({ region, credentials, ...(endpoint && { endpoint }) });
    };

    test("what CloudWatch measures is looked up by the alarms: how late streams are, when the reconciler ran", async () => {
      const { MetricAlarms = [] } = await cloudwatch().send(new DescribeAlarmsCommand({}));
      for (const [MetricName, Value] of [
        ["IteratorAge", 7_000],
        ["Invocations", 1],
      ] as const) {
        const { Namespace, Dimensions } = MetricAlarms.find((alarm) => alarm.MetricName === MetricName) ?? {};
        const MetricData = [{ MetricName, Value, Dimensions, Timestamp: new Date() }];
        await cloudwatch().send(new PutMetricDataCommand({ Namespace, MetricData }));
      }
      const { answer } = await json("doctor");
      const what = (area: string) => answer.findings.find((finding: Item) => finding.area === area)?.what;
      expect(what("changes of customers")).toMatch(/^handled within \d+ s\.$/);
      expect(what("reconciler")).toMatch(/^ran at 20/);
    });

    test("an alarm that rings is told in its own words", async () => {
      const { MetricAlarms = [] } = await cloudwatch().send(new DescribeAlarmsCommand({}));
      const AlarmName = MetricAlarms.find(({ AlarmName: name }) => name?.includes("ReconcilerSilent"))?.AlarmName;
      const become = (StateValue: "ALARM" | "OK") =>
        cloudwatch().send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "a test" }));
      await become("ALARM");
      const { exitCode, answer } = await json("doctor");
      expect(exitCode).toBe(1);
      expect(answer.findings.filter(({ state }: Item) => state === "failing")).toEqual([
        {
          area: expect.stringMatching(/^alarm \w*ReconcilerSilent\w*$/),
          state: "failing",
          what: "The reconciler has not run for 15 minutes.",
          forCustomers: expect.stringContaining("do not go on"),
          doFirst: expect.stringContaining("journeys doctor"),
        },
      ]);
      await become("OK");
      expect((await json("doctor")).exitCode).toBe(0);
    });
  });
}
