/** The permissions of what starts and walks audience runs. */
import { expect, test } from "vitest";
import { defaultStack } from "./stack.ts";

const stack = defaultStack();

test("the state machine of audience runs can call its function and start its children, and no more", () => {
  const found = stack.permissions("RunMachine/StateMachine/Role").filter((each) => !each.endsWith(" on *"));
  const children = "arn:Partition:states:Region:AccountId:execution:RunMachine/StateMachine.Name/*";
  expect(found).toEqual(
    [
      "Allow lambda:InvokeFunction on AudienceRun/Function.Arn",
      "Allow states:StartExecution on RunMachine/StateMachine",
      `Allow states:DescribeExecution on ${children}`,
      `Allow states:StopExecution on ${children}`,
    ].sort(),
  );
});

test("EventBridge Scheduler can start audience runs, and no more", () => {
  expect(stack.permissions("Schedules/Role")).toEqual([
    "Allow states:StartExecution on arn:Partition:states:Region:AccountId:stateMachine:TestJourneysSchedulesFEFF60FB-Runs",
  ]);
});
