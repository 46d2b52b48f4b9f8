/** The ports that the deployed functions use, for the stack that this process is connected to. */

import { wallClock } from "../../lambdas/adapters/clock.ts";
import { dynamodbBreakers } from "../../lambdas/adapters/dynamodb/breakers.ts";
import { dynamodbSegments } from "../../lambdas/adapters/dynamodb/segments.ts";
import { awsPorts } from "../../lambdas/adapters/ports.ts";
import { dynamodbProfiles } from "../../lambdas/adapters/runs/profiles.ts";
import { dynamodbRuns } from "../../lambdas/adapters/runs/runs.ts";
import type { Stack } from "../stack.ts";
import type { Connection } from "./connection.ts";

/** A read never returns data that is older than the call. */
export function portsOf(stack: Pick<Connection, "output" | "timeScale">): Stack["ports"] {
  const counters = stack.output("CountersTableName");
  return awsPorts(
    {
      JOURNEYS_TABLE: stack.output("JourneysTableName"),
      TEMPLATES_TABLE: stack.output("TemplatesTableName"),
      CUSTOMERS_TABLE: stack.output("CustomersTableName"),
      COUNTERS_TABLE: stack.output("CountersTableName"),
      EVENT_RETENTION_DAYS: Number(stack.output("EventRetentionDays")),
      TIME_SCALE: stack.timeScale,
    },
    {
      breakers: dynamodbBreakers(counters, 0),
      segments: dynamodbSegments(stack.output("TemplatesTableName"), 0),
      runs: dynamodbRuns(counters, wallClock(stack.timeScale).now),
      profiles: dynamodbProfiles(stack.output("CustomersTableName")),
    },
    0,
  );
}
