/** Follows the journeys and templates tables: checks each saved document and makes it live. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Failures } from "../resources/failures.ts";
import type { Foundation } from "../resources/foundation.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import { followStream } from "../resources/stream.ts";
import { JourneyFunction } from "./journey-function.ts";

export interface JourneyPublisherProps {
  readonly machine: JourneyMachine;
  readonly failures: Failures;
}

export class JourneyPublisher extends Construct {
  readonly handler: JourneyFunction<"journey-publisher">;

  constructor(scope: Construct, id: string, foundation: Foundation, { machine, failures }: JourneyPublisherProps) {
    super(scope, id);
    const { tables, alarms } = foundation;
    const doFirst =
      "read the log of journey-publisher. To try again, save the journey once more with `journeys publish`.";
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "journey-publisher",
      description: "Checks a saved journey or template and makes it live",
      // Stopping a journey ends the execution of everyone inside, one by one.
      timeout: Duration.minutes(15),
      environment: {
        ...foundation.environment,
        TEMPLATES_TABLE: tables.templates.tableName,
        STATE_MACHINE_ARN: machine.arn,
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
      "publishJourneys",
      "readTemplates",
      "publishTemplates",
      "findTemplates",
      "listTemplates",
      "readCustomers",
      "listActive",
      "writeCustomers",
      "count",
    );
    machine.allowStopping(handler);
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
          "read the log of journey-publisher, fix the cause, then run `journeys redrive`: it saves each journey again that has not been saved differently since.",
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
          "read the log of journey-publisher, fix the cause, then run `journeys redrive`: it saves each template again that has not been saved differently since.",
      },
    });
  }
}
