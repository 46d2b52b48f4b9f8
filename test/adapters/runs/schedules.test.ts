/** The requests to EventBridge Scheduler: one one-time schedule for each journey, and the meaning of each error. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { schedules } from "../../../lambdas/adapters/runs/schedules.ts";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import { cutConnection, Fault, Loopback } from "../../wired/aws/loopback.ts";

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start(1);
});
afterAll(() => aws?.stop());

const settings = {
  SCHEDULE_GROUP: "the-group",
  RUN_MACHINE_ARN: "arn:aws:states:eu-central-1:111122223333:stateMachine:Run",
  SCHEDULE_ROLE_ARN: "arn:aws:iam::111122223333:role/Schedules",
};
const port = schedules(settings);
const next = { at: "2026-03-29T01:30:00.250Z", local: 1_774_751_400_000 };
const missing = () => new Fault("ResourceNotFoundException", "no such schedule", 404);
const one = { GroupName: "the-group", Name: "weekly-letter" };

/** The schedules of the service. */
let stored: Map<unknown, object>;
beforeEach(() => {
  aws.forget();
  stored = new Map();
  const present = (name: unknown) => {
    const found = stored.get(name);
    if (!found) throw missing();
    return found;
  };
  aws.answer({
    GetSchedule: ({ Name }) => present(Name),
    UpdateSchedule: (input) => {
      present(input.Name);
      stored.set(input.Name, input);
      return { ScheduleArn: "arn" };
    },
    CreateSchedule: (input) => {
      if (stored.has(input.Name)) throw new Fault("ConflictException", "it exists", 409);
      stored.set(input.Name, input);
      return { ScheduleArn: "arn" };
    },
    DeleteSchedule: ({ Name }) => {
      present(Name);
      stored.delete(Name);
      return {};
    },
  });
});

const operations = () => aws.calls.map(({ operation }) => operation);

test("a journey without a schedule gets one, of the stack's group, in UTC and not before its time", async () => {
  await port.arm("weekly-letter", next);
  expect(operations()).toEqual(["UpdateSchedule", "CreateSchedule"]);
  expect(aws.of("CreateSchedule")).toEqual([
    {
      ...one,
      ClientToken: expect.any(String),
      ScheduleExpression: "at(2026-03-29T01:30:01)",
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: settings.RUN_MACHINE_ARN,
        RoleArn: settings.SCHEDULE_ROLE_ARN,
        Input: JSON.stringify({ journeyId: "weekly-letter", ...next }),
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    },
  ]);
});

test("what was armed is read back, and another time replaces it", async () => {
  await port.arm("weekly-letter", next);
  expect(await port.armed("weekly-letter")).toEqual(next);
  const later = { at: "2026-04-05T00:30:00.000Z" };
  aws.forget();
  await port.arm("weekly-letter", later);
  expect(operations()).toEqual(["UpdateSchedule"]);
  expect(await port.armed("weekly-letter")).toEqual(later);
  expect(stored.size).toBe(1);
});

test("a journey without a next occurrence has no schedule, and deleting it twice is no error", async () => {
  await port.arm("weekly-letter", next);
  for (let times = 0; times < 2; times++) await port.arm("weekly-letter", undefined);
  expect(aws.of("DeleteSchedule")).toMatchObject([one, one]);
  expect(await port.armed("weekly-letter")).toBeUndefined();
});

test("a schedule that another call creates at the same time is updated", async () => {
  aws.fail("UpdateSchedule", missing());
  stored.set("weekly-letter", {});
  await port.arm("weekly-letter", next);
  expect(operations()).toEqual(["UpdateSchedule", "CreateSchedule", "UpdateSchedule"]);
  expect(await port.armed("weekly-letter")).toEqual(next);
});

test("where time is scaled, the schedule is due at the real time and names the scaled one", async () => {
  const TIME_SCALE = { factor: 3_600, real: "2026-01-01T00:00:00.000Z", virtual: "2026-01-05T00:00:00.000Z" };
  await schedules({ ...settings, TIME_SCALE }).arm("weekly-letter", { at: "2026-01-05T10:00:00.000Z" });
  expect(stored.get("weekly-letter")).toMatchObject({
    ScheduleExpression: "at(2026-01-01T00:00:10)",
    Target: { Input: '{"journeyId":"weekly-letter","at":"2026-01-05T10:00:00.000Z"}' },
  });
});

describe("an error", () => {
  const calls = {
    GetSchedule: () => port.armed("weekly-letter"),
    UpdateSchedule: () => port.arm("weekly-letter", next),
    DeleteSchedule: () => port.arm("weekly-letter", undefined),
    CreateSchedule: () => port.arm("weekly-letter", next),
  };

  test.each(Object.keys(calls) as (keyof typeof calls)[])("%s: a throttle means a later retry", async (operation) => {
    aws.fail(operation, new Fault("ThrottlingException", "slow down", 429));
    await expect(calls[operation]()).rejects.toThrow(ThrottledError);
  });

  test.each<[keyof typeof calls, Fault]>([
    ["GetSchedule", new Fault("AccessDeniedException", "no", 403)],
    ["UpdateSchedule", new Fault("ValidationException", "no")],
    ["CreateSchedule", new Fault("ServiceQuotaExceededException", "full", 402)],
    ["DeleteSchedule", new Fault("InternalServerException", "sorry", 500)],
    ["DeleteSchedule", cutConnection],
  ])("%s: %s is thrown with its name", async (operation, fault) => {
    aws.fail(operation, fault);
    const error = await calls[operation]().catch((error: unknown) => error);
    expect(error).toMatchObject({ name: fault === cutConnection ? "TimeoutError" : fault.name });
    expect(error).not.toBeInstanceOf(ThrottledError);
  });
});
