/** Reports of SES about messages, by way of a queue, to the customers who wait for them. */
import { Duration, Stack } from "aws-cdk-lib";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { MARKETING_HELD } from "../../lambdas/adapters/observed.ts";
import { PERIOD } from "../resources/alarms.ts";
import type { Foundation } from "../resources/foundation.ts";
import { Inbox } from "../resources/inbox.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import { JourneyFunction } from "./journey-function.ts";

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
    foundation.tables.allow(handler, "readJourneys", "readCustomers", "writeCustomers", "count", "judgeReports");
    machine.allowSignalling(handler);
    statuses.feed(handler, 10);
    const held: typeof MARKETING_HELD = "The marketing of a journey is held.";
    const filter = new MetricFilter(this, "Held", {
      logGroup: handler.logGroup,
      filterPattern: FilterPattern.stringValue("$.message", "=", held),
      metricNamespace: Stack.of(this).stackName,
      metricName: "MarketingHeld",
    });
    foundation.alarms.add(handler, "MarketingHeld", {
      metric: filter.metric({ period: PERIOD, statistic: "Sum" }),
      above: 0,
      text: {
        happened: "So many messages of a journey bounced, or were complained of, that its marketing emails are held.",
        forCustomers:
          "whoever is due one of them waits, looks again every hour, and after a day goes on without it. Exits, goals, transactional mail and other journeys are not concerned.",
        doFirst:
          "`journeys doctor` names the journey and the reason. Find out whom it writes to and why they do not want it; then `journeys resume ID`, or `journeys stop ID`.",
      },
    });
  }
}
