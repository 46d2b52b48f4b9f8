/**
 * The ports of the use cases on AWS: the common ones, and the ones that a function adds. The result has exactly these
 * members, so a use case that needs another port does not compile. Segments are in the templates table, so a use case
 * that evaluates conditions does not compile in a function without that table.
 */
import type { Ports } from "../app/ports.ts";
import type { TimeScale } from "../domain/time/scaled-time.ts";
import { wallClock } from "./clock.ts";
import { dynamodbStore } from "./dynamodb/customers/store.ts";
import {
  type CachedJourneys,
  type CachedStoredJourneys,
  dynamodbJourneys,
  dynamodbStoredJourneys,
  FRESH_FOR_MILLISECONDS,
} from "./dynamodb/journeys.ts";
import { dynamodbSegments } from "./dynamodb/segments.ts";

export interface Settings {
  readonly JOURNEYS_TABLE: string;
  readonly CUSTOMERS_TABLE: string;
  readonly COUNTERS_TABLE: string;
  readonly EVENT_RETENTION_DAYS: number;
  readonly TIME_SCALE?: TimeScale | undefined;
}

interface SettingsOfConditions extends Settings {
  readonly TEMPLATES_TABLE: string;
}

type Common<Read> = Pick<Ports, "clock" | "store"> & { readonly journeys: Read };

/** `freshFor`: the largest age of the cached journeys, in milliseconds. */
export function awsPorts<Given extends object>(
  settings: SettingsOfConditions,
  given: Given,
  freshFor = FRESH_FOR_MILLISECONDS,
): Common<CachedJourneys> & Given {
  const segments = dynamodbSegments(settings.TEMPLATES_TABLE, freshFor);
  return portsOn(dynamodbJourneys(settings.JOURNEYS_TABLE, freshFor, segments), settings, given);
}

/** For a function that evaluates no condition. */
export function awsPortsWithoutConditions<Given extends object>(
  settings: Settings,
  given: Given,
): Common<CachedStoredJourneys> & Given {
  return portsOn(dynamodbStoredJourneys(settings.JOURNEYS_TABLE, FRESH_FOR_MILLISECONDS), settings, given);
}

function portsOn<Read extends CachedStoredJourneys, Given extends object>(
  journeys: Read,
  settings: Settings,
  given: Given,
): Common<Read> & Given {
  const clock = wallClock(settings.TIME_SCALE);
  const store = dynamodbStore({
    customers: settings.CUSTOMERS_TABLE,
    counters: settings.COUNTERS_TABLE,
    eventRetentionDays: settings.EVENT_RETENTION_DAYS,
    now: clock.now,
    journeyIds: journeys.ids,
  });
  return { clock, journeys, store, ...given };
}
