/** The executions of audience runs: whether one is at work, and the one that takes the place of a lost one. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runExecutions } from "../../../lambdas/adapters/runs/run-executions.ts";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import { Fault, Loopback } from "../../wired/aws/loopback.ts";

const machine = "arn:aws:states:eu-central-1:111122223333:stateMachine:Run";
const ref = { journeyId: "j", runId: "j-20260329T013000000Z" };

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start(1);
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const executions = runExecutions(machine);

test.each([
  ["RUNNING", true],
  ["SUCCEEDED", false],
  ["FAILED", false],
  ["TIMED_OUT", false],
  ["ABORTED", false],
])("an execution that is %s is at work: %s", async (status, isRunning) => {
  aws.answer({ DescribeExecution: () => ({ status, startDate: 0 }) });
  expect(await executions.isRunning("x-1")).toBe(isRunning);
  const executionArn = "arn:aws:states:eu-central-1:111122223333:execution:Run:x-1";
  expect(aws.of("DescribeExecution")).toEqual([{ executionArn }]);
});

test("an execution that does not exist, or no longer, is not at work", async () => {
  aws.fail("DescribeExecution", new Fault("ExecutionDoesNotExist"));
  expect(await executions.isRunning("x-1")).toBe(false);
});

test("the execution in place of a lost one has the ids of the run, and a name that follows from the lost one and the hour", async () => {
  const [one, two] = ["2026-03-29T01", "2026-03-29T02"] as const;
  for (const [lost, when] of [
    ["x-1", one],
    ["x-1", one],
    ["x-2", one],
    ["x-1", two],
  ] as const)
    await executions.restart({ ...ref, ...{ aim: "secret" } }, lost, when);
  const [first, again, other, later] = aws.of("StartExecution");
  expect(first).toEqual({
    stateMachineArn: machine,
    name: expect.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
    input: JSON.stringify(ref),
  });
  expect(again).toEqual(first);
  expect(new Set([first, other, later].map((start) => start?.name)).size).toBe(3);
});

test("the execution that begins a run says so, and has a name that follows from the hour", async () => {
  for (const when of ["2026-03-29T01", "2026-03-29T01", "2026-03-29T02"]) await executions.begin(ref, when);
  await executions.restart(ref, "x-1", "2026-03-29T01");
  const [first, again, later, restarted] = aws.of("StartExecution");
  expect(first).toEqual({
    stateMachineArn: machine,
    name: expect.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
    input: JSON.stringify({ ...ref, asked: true }),
  });
  expect(again).toEqual(first);
  expect(new Set([first, later, restarted].map((start) => start?.name)).size).toBe(3);
});

test("the execution that makes up an occurrence gets what Scheduler gives, and has a name that follows from the hour", async () => {
  const missed = { at: "2026-03-29T01:30:00.000Z", local: 1774747800000 };
  for (const when of ["2026-03-29T01", "2026-03-29T01", "2026-03-29T02"]) await executions.makeUp("j", missed, when);
  await executions.makeUp("j", { at: "2026-03-29T00:30:00.000Z" }, "2026-03-29T01");
  const [first, again, later, other] = aws.of("StartExecution");
  expect(first).toEqual({
    stateMachineArn: machine,
    name: expect.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
    input: JSON.stringify({ journeyId: "j", ...missed }),
  });
  expect(again).toEqual(first);
  expect(new Set([first, later, other].map((start) => start?.name)).size).toBe(3);
});

test("an execution that was started before is no error", async () => {
  aws.fail("StartExecution", new Fault("ExecutionAlreadyExists"));
  await executions.restart(ref, "x-1", "2026-03-29T01");
  expect(aws.of("StartExecution")).toHaveLength(1);
});

test.each([
  ["StartExecution", "ThrottlingException", true],
  ["DescribeExecution", "ThrottlingException", true],
  ["StartExecution", "StateMachineDoesNotExist", false],
  ["DescribeExecution", "AccessDeniedException", false],
] as const)("%s: %s is thrown; whether it is a throttle: %s", async (operation, name, isThrottle) => {
  aws.fail(operation, new Fault(name));
  const call =
    operation === "StartExecution" ? executions.restart(ref, "x-1", "2026-03-29T01") : executions.isRunning("x-1");
  const error = await call.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: `Step Functions answered ${name}.` });
  expect(error instanceof ThrottledError).toBe(isThrottle);
});
