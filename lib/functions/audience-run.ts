/**
 * Works on audience runs, as the task of their state machine. The customers who may enter go on a queue of their own.
 */
import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import { Inbox } from "../resources/inbox.ts";
import type { Schedules } from "../resources/schedules.ts";
import { JourneyFunction } from "./journey-function.ts";

/** trigger-matcher handles the queue, so the queue uses the timeout of trigger-matcher. */
const MATCHER_TIMEOUT = Duration.seconds(30);

/**
 * The queue of the customers who may enter by an audience run. The queue is a separate construct, because audience-run
 * fills it.
 */
export class Entries extends Inbox {
  constructor(scope: Construct, id: string, { alarms }: Foundation) {
    super(scope, id, {
      alarms,
      timeout: MATCHER_TIMEOUT,
      lateAfter: Duration.hours(12),
      deadLetter: {
        happened: "Customers of an audience run could not be let in.",
        forCustomers:
          "some customers of the run did not enter the journey. Other customers of the run are not affected.",
        doFirst: "read the log of trigger-matcher, fix the cause, then run `journeys redrive`.",
      },
      late: {
        happened: "Customers of an audience run have been waiting for more than 12 hours to enter.",
        forCustomers: "customers of the run enter the journey late. Exits and entries by events are not delayed.",
        doFirst:
          "`journeys runs` shows the progress. A run of millions of customers normally takes hours. With far fewer customers, check whether trigger-matcher fails or is throttled.",
      },
    });
  }

  allowAdding(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }));
  }
}

export interface AudienceRunProps {
  readonly entries: Entries;
  readonly schedules: Schedules;
}

export class AudienceRun extends Construct {
  readonly handler: JourneyFunction<"audience-run">;

  constructor(scope: Construct, id: string, foundation: Foundation, { entries, schedules }: AudienceRunProps) {
    super(scope, id);
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "audience-run",
      description: "Considers the customers of an audience run for entry into its journey",
      timeout: Duration.minutes(2),
      environment: {
        ...foundation.environment,
        ...schedules.environment,
        TEMPLATES_TABLE: foundation.tables.templates.tableName,
        ENTRIES_QUEUE_URL: entries.queue.queueUrl,
      },
      failure: {
        forCustomers:
          "customers do not enter journeys that start by a schedule, a date or a person until the cause is fixed. Runs go on where they stopped.",
        doFirst: "read the log of audience-run. If the errors began with a deployment, undo that deployment.",
      },
    });
    this.handler = handler;
    foundation.tables.allow(
      handler,
      "readJourneys",
      "readTemplates",
      "readCustomers",
      "readEvents",
      "scanCustomers",
      "readRuns",
      "writeRuns",
    );
    entries.allowAdding(handler);
    schedules.allowArming(handler);
  }
}
