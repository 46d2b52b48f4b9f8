/**
 * The next audience run of each journey, as a one-time schedule in EventBridge Scheduler. The schedule has the journey's
 * id as its name and stays when its time has come; the run that it starts sets the next time. Scheduler's own `cron` would
 * skip the occurrences that fall into the hour which daylight saving skips.
 */
import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import * as z from "zod/mini";
import type { Schedules } from "../../app/ports.ts";
import type { Occurrence } from "../../domain/schedule/occurrence.ts";
import { type TimeScale, toReal } from "../../domain/time/scaled-time.ts";
import { fromMilliseconds, toMilliseconds } from "../../domain/time/time.ts";
import { ServiceError, throttled } from "../services/errors.ts";
import { retried } from "../services/time-outs.ts";

const client = new SchedulerClient(retried);

interface Settings {
  readonly SCHEDULE_GROUP: string;
  readonly RUN_MACHINE_ARN: string;
  readonly SCHEDULE_ROLE_ARN: string;
  readonly TIME_SCALE?: TimeScale | undefined;
}

const input = z.object({ journeyId: z.string(), at: z.string(), local: z.optional(z.number()) });

export function schedules(settings: Settings): Schedules {
  const { SCHEDULE_GROUP: GroupName, TIME_SCALE: scale } = settings;

  async function armed(journeyId: string): Promise<Occurrence | undefined> {
    const found = await answered(client.send(new GetScheduleCommand({ GroupName, Name: journeyId })));
    const text = found?.Target?.Input;
    if (text === undefined) return undefined;
    const { at, local } = z.parse(input, JSON.parse(text));
    return { at, ...(local !== undefined && { local }) };
  }

  return {
    armed,

    async arm(journeyId, next) {
      if (!next) {
        await answered(client.send(new DeleteScheduleCommand({ GroupName, Name: journeyId })));
        return;
      }
      const schedule = scheduleOf(journeyId, next, settings, scale);
      if (await answered(client.send(new UpdateScheduleCommand(schedule)))) return;
      try {
        await client.send(new CreateScheduleCommand(schedule));
      } catch (error) {
        // Another call has created it in between.
        if (!(error instanceof ConflictException)) throw translated(error);
        await answered(client.send(new UpdateScheduleCommand(schedule)));
      }
    },
  };
}

function scheduleOf(
  journeyId: string,
  next: Occurrence,
  { SCHEDULE_GROUP, RUN_MACHINE_ARN, SCHEDULE_ROLE_ARN }: Settings,
  scale: TimeScale | undefined,
) {
  // A schedule has whole seconds; one that starts too early would not find its occurrence.
  const seconds = Math.ceil(toMilliseconds(toReal(next.at, scale)) / 1000);
  return {
    GroupName: SCHEDULE_GROUP,
    Name: journeyId,
    ScheduleExpression: `at(${fromMilliseconds(seconds * 1000).slice(0, 19)})`,
    ScheduleExpressionTimezone: "UTC",
    FlexibleTimeWindow: { Mode: "OFF" as const },
    Target: {
      Arn: RUN_MACHINE_ARN,
      RoleArn: SCHEDULE_ROLE_ARN,
      Input: JSON.stringify({ journeyId, ...next }),
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    },
  };
}

/** The answer; `undefined` when there is no such schedule. */
async function answered<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw translated(error);
  }
}

function translated(error: unknown): Error {
  return (error as Error).name === "ThrottlingException"
    ? throttled("EventBridge Scheduler", error)
    : new ServiceError("EventBridge Scheduler", error);
}
