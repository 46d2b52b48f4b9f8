/** Follows the journeys and templates tables: checks each saved document and makes it live. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Failures } from "../resources/failures.ts";
import type { Foundation } from "../resources/foundation.ts";
import type { Schedules } from "../resources/schedules.ts";
import { followStream } from "../resources/stream.ts";
import { JourneyFunction } from "./journey-function.ts";
import type { StatusTasks } from "./journey-status.ts";

export interface JourneyPublisherProps {
  readonly statusTasks: StatusTasks;
  readonly failures: Failures;
  readonly schedules: Schedules;
  readonly requireTests: boolean;
}

export class JourneyPublisher extends Construct {
  readonly handler: JourneyFunction<"journey-publisher">;

  constructor(scope: Construct, id: string, foundation: Foundation, props: JourneyPublisherProps) {
    super(scope, id);
    const { statusTasks, failures, schedules, requireTests } = props;
    const { tables, alarms } = foundation;
    const doFirst =
      "read the log of journey-publisher. To try again, run `journeys publish`, which saves the journey again.";
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "journey-publisher",
      description: "Checks a saved journey or template and makes it live",
      // A batch of ten saves may run the tests of ten journeys.
      timeout: Duration.minutes(requireTests ? 5 : 1),
      environment: {
        ...foundation.environment,
        ...schedules.environment,
        TEMPLATES_TABLE: tables.templates.tableName,
        STATUS_QUEUE_URL: statusTasks.queue.queueUrl,
        REQUIRE_TESTS: requireTests ? "true" : undefined,
      },
      failure: {
        forCustomers: "nothing changes: live journeys stay live. Saved changes do not become live.",
        doFirst,
      },
      failingPeriods: 1,
    });
    this.handler = handler;
    tables.allow(
      handler,
      "readJourneys",
      "listJourneys",
      "publishJourneys",
      "readTemplates",
      "publishTemplates",
      "findTemplates",
      "listTemplates",
      "listActive",
    );
    statusTasks.allowAdding(handler);
    schedules.allowArming(handler);
    followStream(handler, tables.journeys, {
      alarms,
      failures,
      batchSize: 10,
      records: [{ Keys: { version: { S: ["current"] } } }],
      late: {
        happened: "Saved journeys have been waiting for more than 5 minutes to be published.",
        forCustomers: "nothing changes: live journeys stay live.",
        doFirst,
      },
      givenUp: {
        happened: "Publishing a saved journey failed six times.",
        forCustomers: "nothing changes: live journeys stay live.",
        doFirst:
          "read the log of journey-publisher, fix the cause, then run `journeys redrive`: it saves each of these journeys again, unless a newer edit was saved since.",
      },
    });
    followStream(handler, tables.templates, {
      alarms,
      failures,
      batchSize: 10,
      givenUpId: "TemplateGivenUp",
      givenUp: {
        happened: "Publishing a saved template failed six times.",
        forCustomers: "nothing changes: messages keep the last good text.",
        doFirst:
          "read the log of journey-publisher, fix the cause, then run `journeys redrive`: it saves each of these templates again, unless a newer edit was saved since.",
      },
    });
  }
}
