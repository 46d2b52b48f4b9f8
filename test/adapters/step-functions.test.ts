/** The requests to Step Functions, and the meaning of each error. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { executionArnOf, stepFunctions } from "../../lambdas/adapters/step-functions.ts";
import { ThrottledError } from "../../lambdas/app/errors.ts";
import { deterministicId } from "../../lambdas/domain/values/hash.ts";
import { cutConnection, Fault, Loopback } from "../wired/aws/loopback.ts";

const machine = "arn:aws:states:eu-central-1:111122223333:stateMachine:Journey";
const ref = { customerId: "ünï 🙂", enrollmentId: "e1" };

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start(1);
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const executions = stepFunctions(machine);
const calls = {
  StartExecution: () => executions.start(ref, 2),
  StopExecution: () => executions.stop(ref, 2),
  SendTaskSuccess: async () => void (await executions.signal("a token")),
  DescribeExecution: async () => void (await executions.isRunning(ref, 2)),
};
type Operation = keyof typeof calls;

test.each<[Operation, object]>([
  ["StartExecution", { stateMachineArn: machine, name: "e1-2", input: '{"customerId":"ünï 🙂","enrollmentId":"e1"}' }],
  ["StopExecution", { executionArn: "arn:aws:states:eu-central-1:111122223333:execution:Journey:e1-2" }],
  ["SendTaskSuccess", { taskToken: "a token", output: "{}" }],
  ["DescribeExecution", { executionArn: "arn:aws:states:eu-central-1:111122223333:execution:Journey:e1-2" }],
])("%s carries ids only", async (operation, input) => {
  await calls[operation]();
  expect(aws.calls).toEqual([{ operation, input }]);
});

test("an execution carries nothing of an enrollment but its ids", async () => {
  const whole = { ...ref, email: "ann@shop.example", position: { token: "secret" } };
  await executions.start(whole, 1);
  expect(JSON.parse(String(aws.of("StartExecution")[0]?.input))).toEqual(ref);
});

test("a repeated attempt has the same name and input, the next attempt has a new name", async () => {
  for (const attempt of [1, 1, 2]) await executions.start(ref, attempt);
  const [first, again, second] = aws.of("StartExecution");
  expect(again).toEqual(first);
  expect(second).toEqual({ ...first, name: "e1-2" });
});

test("the execution that is stopped is the one that was started", async () => {
  await executions.start(ref, 7);
  await executions.stop(ref, 7);
  const [{ name } = {}] = aws.of("StartExecution");
  expect(aws.of("StopExecution")).toEqual([{ executionArn: expect.stringMatching(new RegExp(`:${name}$`)) }]);
  expect(executionArnOf(machine, "e1", 7)).toBe(aws.of("StopExecution")[0]?.executionArn);
});

test("a name has at most 80 characters of those that Step Functions takes, however long the ids are", async () => {
  const enrollmentId = deterministicId("j".repeat(64), "c".repeat(256), "e".repeat(256));
  await executions.start({ customerId: "c", enrollmentId }, 1_000);
  expect(aws.of("StartExecution")[0]?.name).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
});

describe("means success", () => {
  test.each<[Operation, string]>([
    ["StartExecution", "ExecutionAlreadyExists"],
    ["StopExecution", "ExecutionDoesNotExist"],
    ["SendTaskSuccess", "TaskTimedOut"],
    ["SendTaskSuccess", "TaskDoesNotExist"],
    ["SendTaskSuccess", "InvalidToken"],
    ["DescribeExecution", "ExecutionDoesNotExist"],
  ])("%s: %s", async (operation, name) => {
    aws.fail(operation, new Fault(name));
    await expect(calls[operation]()).resolves.toBeUndefined();
    expect(aws.of(operation)).toHaveLength(1);
  });
});

describe("means a later retry", () => {
  test.each(Object.keys(calls) as Operation[])("%s: ThrottlingException", async (operation) => {
    aws.fail(operation, new Fault("ThrottlingException", "slow down"));
    const error = await calls[operation]().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error).toMatchObject({
      message: "Step Functions answered ThrottlingException.",
      cause: { name: "ThrottlingException", message: "slow down" },
    });
  });
});

describe("is thrown with its name", () => {
  test.each<[Operation, Fault]>([
    ["StartExecution", new Fault("InvalidName")],
    ["StartExecution", new Fault("StateMachineDoesNotExist")],
    ["StartExecution", new Fault("StateMachineDeleting")],
    ["StartExecution", new Fault("AccessDeniedException")],
    ["StartExecution", new Fault("InternalServerError", "sorry", 500)],
    ["StopExecution", new Fault("InvalidArn")],
    ["StopExecution", new Fault("AccessDeniedException")],
    ["SendTaskSuccess", new Fault("InvalidOutput")],
    ["SendTaskSuccess", new Fault("InternalServerError", "sorry", 500)],
    ["SendTaskSuccess", cutConnection],
  ])("%s: %s", async (operation, fault) => {
    aws.fail(operation, fault);
    const error = await calls[operation]().catch((error: unknown) => error);
    expect(error).toMatchObject({ name: fault === cutConnection ? "TimeoutError" : fault.name });
    expect(error).not.toBeInstanceOf(ThrottledError);
  });
});
