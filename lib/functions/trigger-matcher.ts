/** Events from the bus, by way of a queue, to the journeys that they start. */
import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Foundation } from "../resources/foundation.ts";
import { Inbox } from "../resources/inbox.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import { JourneyFunction } from "./journey-function.ts";

const TIMEOUT = Duration.seconds(30);

/** The queue in front of it. Apart, because the bus fills it before there is a function. */
export class Events extends Inbox {
  constructor(scope: Construct, id: string, { alarms }: Foundation) {
    super(scope, id, {
      alarms,
      timeout: TIMEOUT,
      deadLetter: {
        happened: "Events of customers were not handled.",
        forCustomers: "they did not enter, or did not leave, the journeys that these events are about.",
        doFirst:
          "`journeys redrive --list` says why each is there. With a reason, mend the app that published it; without, see the log of trigger-matcher, then `journeys redrive`. Handling an event twice does no harm.",
      },
      late: {
        happened: "Events of customers have been waiting for more than 15 minutes.",
        forCustomers: "they enter their journeys late.",
        doFirst: "see whether trigger-matcher fails or is throttled; if it is merely busy, raise `matcherConcurrency`.",
      },
    });
  }
}

export interface TriggerMatcherProps {
  readonly events: Events;
  readonly machine: JourneyMachine;
  readonly maxConcurrency: number;
}

export class TriggerMatcher extends Construct {
  readonly handler: JourneyFunction<"trigger-matcher">;

  constructor(scope: Construct, id: string, foundation: Foundation, props: TriggerMatcherProps) {
    super(scope, id);
    const { events, machine, maxConcurrency } = props;
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "trigger-matcher",
      description: "Decides who enters which journey when an event arrives",
      timeout: TIMEOUT,
      environment: {
        ...foundation.environment,
        STATE_MACHINE_ARN: machine.arn,
        QUEUE_URL: events.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: events.deadLetters.queueUrl,
      },
      failure: {
        forCustomers:
          "nobody enters a journey until it is mended; then everybody does, as the events wait in the queue.",
        doFirst: "read the log of trigger-matcher, and undo the last deployment if it began there.",
      },
    });
    this.handler = handler;
    foundation.tables.allow(
      handler,
      "readJourneys",
      "readCustomers",
      "listEnrollments",
      "readEvents",
      "writeCustomers",
      "checkCustomers",
      "eraseCustomers",
      "count",
    );
    machine.allowStarting(handler);
    machine.allowStopping(handler);
    machine.allowSignalling(handler);
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ["sqs:SendMessage"],
        resources: [events.queue.queueArn, events.deadLetters.queueArn],
      }),
    );
    events.feed(handler, maxConcurrency);
  }
}
