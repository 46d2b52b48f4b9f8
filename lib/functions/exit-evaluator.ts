/** Follows the customers table: decides exits and goals, sends signals and publishes system events. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { enrollmentKey, eventKey, PROFILE } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { AddressKey } from "../resources/address-key.ts";
import type { Failures } from "../resources/failures.ts";
import type { Foundation } from "../resources/foundation.ts";
import type { JourneyBus } from "../resources/journey-bus.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import { followStream } from "../resources/stream.ts";
import { JourneyFunction } from "./journey-function.ts";

export interface ExitEvaluatorProps {
  readonly bus: JourneyBus;
  readonly machine: JourneyMachine;
  readonly failures: Failures;
  /** The key of the hashes of numbers. */
  readonly addressKey: AddressKey;
  /** Whether the messages of the stack can be answered, so that it lists the customers with a number. */
  readonly listsNumbers: boolean;
}

export class ExitEvaluator extends Construct {
  readonly handler: JourneyFunction<"exit-evaluator">;

  constructor(scope: Construct, id: string, foundation: Foundation, props: ExitEvaluatorProps) {
    super(scope, id);
    const { bus, machine, failures, addressKey, listsNumbers } = props;
    const { tables, alarms } = foundation;
    const doFirst = "read the log of exit-evaluator. If the errors began with a deployment, undo that deployment.";
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "exit-evaluator",
      description: "Decides exits and goals and ends waits when a customer changes",
      timeout: Duration.seconds(60),
      environment: {
        ...foundation.environment,
        TEMPLATES_TABLE: foundation.tables.templates.tableName,
        STATE_MACHINE_ARN: machine.arn,
        EVENT_BUS_NAME: bus.bus.eventBusName,
        ADDRESS_KEY_ARN: addressKey.key.secretArn,
        LIST_NUMBERS: listsNumbers ? "true" : undefined,
      },
      failure: {
        forCustomers: "customers who should leave a journey stay in it and may get a message that they should not get.",
        doFirst,
      },
    });
    this.handler = handler;
    tables.allow(
      handler,
      "readJourneys",
      "listJourneys",
      "readTemplates",
      "readCustomers",
      "listEnrollments",
      "writeCustomers",
      "eraseCustomers",
      "checkCustomers",
      "count",
    );
    // An erasure removes the customer from the conversations of an earlier time in which messages could be answered.
    addressKey.allowReading(handler);
    machine.allowStopping(handler);
    machine.allowSignalling(handler);
    bus.allowPublishing(handler);
    followStream(handler, tables.customers, {
      alarms,
      failures,
      batchSize: 100,
      parallel: 2,
      records: [
        { Keys: { sk: { S: [PROFILE, { prefix: enrollmentKey("") }] } } },
        { Keys: { sk: { S: [{ prefix: eventKey("") }] } }, NewImage: { watched: { BOOL: [true] } } },
      ],
      late: {
        happened: "Exits and goals are decided more than 5 minutes late.",
        forCustomers: "customers who should have left a journey may get one more of its messages.",
        doFirst,
      },
      givenUp: {
        happened: "Changes of customers failed six times and were moved to the bucket for failures.",
        forCustomers:
          "the customers of these changes may stay in a journey that they should have left, or miss a goal.",
        doFirst:
          "`journeys redrive --list` shows the customers and how many changes failed. Read the log of exit-evaluator, fix the cause, then run `journeys redrive`. Handling a change late or twice does no harm.",
      },
    });
  }
}
