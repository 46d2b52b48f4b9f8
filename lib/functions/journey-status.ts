/** Does the work that a saved journey causes for the customers inside. The tasks come through a queue of their own. */
import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import { Inbox } from "../resources/inbox.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import { JourneyFunction } from "./journey-function.ts";

const TIMEOUT = Duration.seconds(60);
/**
 * This many tasks run at once. More would cause more exits a second than exit-evaluator can publish in the smaller
 * regions.
 */
const AT_ONCE = 2;

/** The queue of tasks. The queue is a separate construct, because journey-publisher fills it. */
export class StatusTasks extends Inbox {
  constructor(scope: Construct, id: string, { alarms }: Foundation) {
    super(scope, id, {
      alarms,
      timeout: TIMEOUT,
      deadLetter: {
        happened:
          "Customers inside a journey could not be taken out of it, released, or rechecked after an edit of its rules.",
        forCustomers:
          "customers of a stopped journey get no message and exit at their next step. Customers of a journey that is not held any more go on within some minutes, because the reconciler releases them. Customers who met a new exit rule just when that rule went live stay inside.",
        doFirst: "read the log of journey-status, fix the cause, then run `journeys redrive`.",
      },
      late: {
        happened:
          "Customers inside a journey have been waiting for more than 15 minutes to exit, to be released, or to be rechecked after an edit of its rules.",
        forCustomers:
          "customers of a stopped journey get no message, but exit late. Customers of a journey that is not held any more go on late. Customers who met a new exit rule just when that rule went live exit late.",
        doFirst:
          "`journeys show ID` shows the progress. With a million customers inside, exits and releases normally take more than 15 minutes. With far fewer customers, check whether journey-status fails or is throttled.",
      },
    });
  }

  allowAdding(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }));
  }
}

export interface JourneyStatusProps {
  readonly tasks: StatusTasks;
  readonly machine: JourneyMachine;
}

export class JourneyStatus extends Construct {
  readonly handler: JourneyFunction<"journey-status">;

  constructor(scope: Construct, id: string, foundation: Foundation, { tasks, machine }: JourneyStatusProps) {
    super(scope, id);
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "journey-status",
      description: "Does what a save of a journey means for the customers inside",
      timeout: TIMEOUT,
      environment: {
        ...foundation.environment,
        TEMPLATES_TABLE: foundation.tables.templates.tableName,
        STATE_MACHINE_ARN: machine.arn,
        STATUS_QUEUE_URL: tasks.queue.queueUrl,
      },
      failure: {
        forCustomers:
          "customers inside a stopped journey get no message, and exit at their next step. Customers of a journey that is not held any more go on within some minutes. Customers who met a new exit rule just when that rule went live stay inside.",
        doFirst: "read the log of journey-status. If the errors began with a deployment, undo that deployment.",
      },
    });
    this.handler = handler;
    foundation.tables.allow(
      handler,
      "readJourneys",
      "readTemplates",
      "listActive",
      "readCustomers",
      "readEvents",
      "writeCustomers",
      "count",
    );
    machine.allowStopping(handler);
    machine.allowSignalling(handler);
    tasks.allowAdding(handler);
    tasks.feed(handler, AT_ONCE, 1);
  }
}
