/** The state machine's other task: stores the task token that ends an execution's wait for a signal. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import { JourneyFunction } from "./journey-function.ts";

export class AwaitSignal extends Construct {
  readonly handler: JourneyFunction<"await-signal">;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.handler = new JourneyFunction(this, "Function", foundation, {
      name: "await-signal",
      description: "Stores the task token that ends an execution's wait for a signal",
      timeout: Duration.seconds(30),
      environment: foundation.environment,
      failure: {
        forCustomers:
          "customers who wait for an event or a message status go on only when the time limit of their wait is over, or some minutes late.",
        doFirst: "read the log of await-signal. If the errors began with a deployment, undo that deployment.",
      },
    });
    foundation.tables.allow(this.handler, "readJourneys", "readCustomers", "writeCustomers");
  }
}
