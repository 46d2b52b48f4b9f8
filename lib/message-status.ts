/** Reports of SES about messages, by way of a queue, to the customers who wait for them. */
import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Foundation } from "./foundation.ts";
import { Inbox } from "./inbox.ts";
import { JourneyFunction } from "./journey-function.ts";
import type { JourneyMachine } from "./journey-machine.ts";

const TIMEOUT = Duration.seconds(30);

/** The queue in front of it. Apart, because reports fill it before there is a function. */
export class Statuses extends Inbox {
  constructor(scope: Construct, id: string, { alarms }: Foundation) {
    super(scope, id, {
      alarms,
      timeout: TIMEOUT,
      deadLetter: {
        happened: "Reports about messages were not handled.",
        forCustomers: "journeys take messages for unread that were read, and may write to addresses that bounce.",
        doFirst: "read the log of message-status, mend what fails, then `journeys redrive`.",
      },
      late: {
        happened: "Reports about messages have been waiting for more than 15 minutes.",
        forCustomers: "journeys that wait for a message to be read go on late.",
        doFirst: "see whether message-status fails or is throttled.",
      },
    });
  }
}

export interface MessageStatusProps {
  readonly statuses: Statuses;
  readonly machine: JourneyMachine;
}

export class MessageStatus extends Construct {
  readonly handler: JourneyFunction<"message-status">;

  constructor(scope: Construct, id: string, foundation: Foundation, { statuses, machine }: MessageStatusProps) {
    super(scope, id);
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "message-status",
      description: "Notes what became of messages",
      timeout: TIMEOUT,
      environment: foundation.environment,
      failure: {
        forCustomers: "journeys that wait for a message to be read go on as if it were not; reports wait in the queue.",
        doFirst: "read the log of message-status, and undo the last deployment if it began there.",
      },
    });
    this.handler = handler;
    foundation.tables.allow(handler, "readJourneys", "readCustomers", "writeCustomers", "count");
    machine.allowSignalling(handler);
    statuses.feed(handler, 10);
  }
}
