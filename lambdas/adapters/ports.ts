/**
 * The ports of the use cases on AWS: the common ones, and the ones that a function adds. The result has exactly these
 * members, so a use case that needs another port does not compile.
 */
import type { Ports } from "../app/ports.ts";
import type { TimeScale } from "../domain/time/scaled-time.ts";
import { wallClock } from "./clock.ts";
import { dynamodbStore } from "./dynamodb/customers/store.ts";
import { type CachedJourneys, dynamodbJourneys, FRESH_FOR_MILLISECONDS } from "./dynamodb/journeys.ts";
import { dynamodbSegments } from "./dynamodb/segments.ts";

export interface Settings {
  readonly JOURNEYS_TABLE: string;
  readonly CUSTOMERS_TABLE: string;
  readonly COUNTERS_TABLE: string;
  /** Of functions that evaluate conditions: segments are in this table. */
  readonly TEMPLATES_TABLE?: string | undefined;
  readonly EVENT_RETENTION_DAYS: number;
  readonly TIME_SCALE?: TimeScale | undefined;
}

type Common = Pick<Ports, "clock" | "store"> & { readonly journeys: CachedJourneys };

/** `freshFor`: the largest age of the cached journeys, in milliseconds. */
export function awsPorts<Given extends object>(
  settings: Settings,
  given: Given,
  freshFor = FRESH_FOR_MILLISECONDS,
): Common & Given {
  const clock = wallClock(settings.TIME_SCALE);
  const { TEMPLATES_TABLE } = settings;
  const segments = TEMPLATES_TABLE === undefined ? undefined : dynamodbSegments(TEMPLATES_TABLE, freshFor);
  const journeys = dynamodbJourneys(settings.JOURNEYS_TABLE, freshFor, segments);
  const store = dynamodbStore({
    customers: settings.CUSTOMERS_TABLE,
    counters: settings.COUNTERS_TABLE,
    eventRetentionDays: settings.EVENT_RETENTION_DAYS,
    now: clock.now,
    journeyIds: journeys.ids,
  });
  return { clock, journeys, store, ...given };
}
