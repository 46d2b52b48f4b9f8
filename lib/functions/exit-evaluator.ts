/** Follows the customers table: exits, goals, signals, and what is published about them. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { enrollmentKey, eventKey, PROFILE } from "../../lambdas/adapters/dynamodb/customer-items.ts";
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
}

export class ExitEvaluator extends Construct {
  readonly handler: JourneyFunction<"exit-evaluator">;

  constructor(scope: Construct, id: string, foundation: Foundation, { bus, machine, failures }: ExitEvaluatorProps) {
    super(scope, id);
    const { tables, alarms } = foundation;
    const doFirst = "read the log of exit-evaluator, and undo the last deployment if it began there.";
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "exit-evaluator",
      description: "Decides who leaves, who has reached a goal and who need wait no longer when a customer changes",
      timeout: Duration.seconds(60),
      environment: {
        ...foundation.environment,
        STATE_MACHINE_ARN: machine.arn,
        EVENT_BUS_NAME: bus.bus.eventBusName,
      },
      failure: {
        forCustomers: "those who should leave a journey stay in it and may get a message that they should not get.",
        doFirst,
      },
    });
    this.handler = handler;
    tables.allow(
      handler,
      "readJourneys",
      "readCustomers",
      "listEnrollments",
      "writeCustomers",
      "eraseCustomers",
      "count",
    );
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
        forCustomers: "those who should have left a journey may get one more message of it.",
        doFirst,
      },
      givenUp: {
        happened: "Changes of customers were given up on after six tries, and are in the bucket for failures.",
        forCustomers: "those concerned may stay in a journey that they should have left, or miss a goal.",
        doFirst:
          "`journeys redrive --list` says how many changes of whom; read the log of exit-evaluator and mend it, then `journeys redrive`. Handling a change late or twice does no harm.",
      },
    });
  }
}
