/** The state machine's other task: keeps the token by which a sleeping execution is woken. */
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
      description: "Keeps the token that wakes a waiting execution",
      timeout: Duration.seconds(30),
      environment: foundation.environment,
      failure: {
        forCustomers:
          "those who wait for an event or a message status go on only when their time is up, or some minutes late.",
        doFirst: "read the log of await-signal, and undo the last deployment if it began there.",
      },
    });
    foundation.tables.allow(this.handler, "readJourneys", "readCustomers", "writeCustomers");
  }
}
