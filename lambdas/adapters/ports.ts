/** The ports of the use cases on AWS, as far as a function's environment provides for them. */
import type { Ports } from "../app/ports.ts";
import type { Sender } from "../domain/journey.ts";
import type { Limits } from "../domain/limits.ts";
import type { TimeScale } from "../domain/scaled-time.ts";
import { absent } from "./absent.ts";
import { wallClock } from "./clock.ts";
import { dynamodbBreakers } from "./dynamodb-breakers.ts";
import { dynamodbJourneys, FRESH_FOR_MILLISECONDS } from "./dynamodb-journeys.ts";
import { dynamodbPace } from "./dynamodb-pace.ts";
import { dynamodbStore } from "./dynamodb-store.ts";
import { stepFunctions } from "./step-functions.ts";

export interface Settings {
  readonly JOURNEYS_TABLE: string;
  readonly CUSTOMERS_TABLE: string;
  readonly COUNTERS_TABLE: string;
  readonly EVENT_RETENTION_DAYS: number;
  readonly TIME_SCALE?: TimeScale | undefined;
  readonly STATE_MACHINE_ARN?: string | undefined;
  readonly SENDER?: Sender | undefined;
  readonly LIMITS?: Limits | undefined;
  readonly MAIL_RATE?: number | undefined;
}

/** `more`: the ports that only some functions have. `freshFor`: how old the view of journeys may be, in milliseconds. */
export function awsPorts(
  settings: Settings,
  more: Partial<Pick<Ports, "templates" | "mail" | "bus" | "unsubscribeLinks">> = {},
  freshFor = FRESH_FOR_MILLISECONDS,
): Ports {
  const clock = wallClock(settings.TIME_SCALE);
  const journeys = dynamodbJourneys(settings.JOURNEYS_TABLE, freshFor);
  return {
    clock,
    journeys,
    store: dynamodbStore({
      customers: settings.CUSTOMERS_TABLE,
      counters: settings.COUNTERS_TABLE,
      eventRetentionDays: settings.EVENT_RETENTION_DAYS,
      now: clock.now,
      journeyIds: journeys.ids,
    }),
    breakers: dynamodbBreakers(settings.COUNTERS_TABLE, freshFor),
    executions: stepFunctions(settings.STATE_MACHINE_ARN),
    templates: more.templates ?? absent("templates"),
    mail: more.mail ?? absent("mail"),
    bus: more.bus ?? absent("bus"),
    pace: settings.MAIL_RATE ? dynamodbPace(settings.COUNTERS_TABLE, settings.MAIL_RATE, clock.now) : undefined,
    sender: settings.SENDER,
    limits: settings.LIMITS,
    unsubscribeLinks: more.unsubscribeLinks,
  };
}
