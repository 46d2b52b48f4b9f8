/** Runs every five minutes and restarts enrollments whose next step is overdue, so that no customer is ever stuck. */
import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import type { RunMachine } from "../resources/run-machine.ts";
import type { Schedules } from "../resources/schedules.ts";
import { JourneyFunction } from "./journey-function.ts";

const EVERY = Duration.minutes(5);

export interface ReconcilerProps {
  readonly machine: JourneyMachine;
  readonly runMachine: RunMachine;
  readonly schedules: Schedules;
}

export class Reconciler extends Construct {
  readonly handler: JourneyFunction<"reconciler">;

  constructor(scope: Construct, id: string, foundation: Foundation, props: ReconcilerProps) {
    super(scope, id);
    const { machine, runMachine, schedules } = props;
    const { tables, alarms } = foundation;
    const text = {
      forCustomers: "customers whose execution was lost do not go on. Other customers are not affected.",
      doFirst:
        "`journeys doctor` counts the customers who do not go on. Read the log of reconciler. If the errors began with a deployment, undo that deployment.",
    };
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "reconciler",
      description: "Restarts enrollments whose execution was lost",
      timeout: EVERY,
      environment: { ...foundation.environment, ...schedules.environment, STATE_MACHINE_ARN: machine.arn },
      failure: text,
    });
    this.handler = handler;
    tables.allow(
      handler,
      "readJourneys",
      "listJourneys",
      "listActive",
      "readCustomers",
      "writeCustomers",
      "count",
      "readRuns",
      "listRuns",
    );
    schedules.allowComparing(handler);
    schedules.allowArming(handler);
    runMachine.allowRestarting(handler);
    machine.allowStarting(handler);
    machine.allowStopping(handler, true);
    machine.allowSignalling(handler);
    // A failed run is not retried: the next run does the remaining work.
    handler.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: EVERY });
    new Rule(this, "Schedule", {
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(handler, { retryAttempts: 0, maxEventAge: EVERY })],
    });
    alarms.add(this, "Silent", {
      metric: handler.metricInvocations({ period: Duration.minutes(15) }),
      below: 1,
      text: { happened: "The reconciler has not run for 15 minutes.", ...text },
    });
  }
}
