/**
 * Stores the delivery reports of SES and AWS End User Messaging, and wakes the executions that wait for them. The
 * reports come through a queue.
 */
import { Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { MARKETING_HELD, UNKNOWN_NUMBER } from "../../lambdas/adapters/log-lines.ts";
import type { AddressKey } from "../resources/address-key.ts";
import { PERIOD } from "../resources/alarms.ts";
import type { Foundation } from "../resources/foundation.ts";
import { Inbox } from "../resources/inbox.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import { JourneyFunction } from "./journey-function.ts";

const TIMEOUT = Duration.seconds(30);

/**
 * The queue of reports. The queue is a separate construct, because the rule that fills it is created before the
 * function.
 */
export class Statuses extends Inbox {
  constructor(scope: Construct, id: string, { alarms }: Foundation) {
    super(scope, id, {
      alarms,
      timeout: TIMEOUT,
      deadLetter: {
        happened: "Delivery reports were not handled.",
        forCustomers:
          "journeys treat read messages as unread, and may send to addresses that bounce. If the stack receives messages from customers, a STOP has no effect until it is handled.",
        doFirst: "read the log of message-status, fix the cause, then run `journeys redrive`.",
      },
      late: {
        happened: "Delivery reports have been waiting for more than 15 minutes.",
        forCustomers:
          "customers whose journey waits until they read a message go on late. If the stack receives messages from customers, a STOP has no effect until it is handled.",
        doFirst: "check whether message-status fails or is throttled.",
      },
    });
  }
}

/** One batch of ten reports at a time handles the reports of this many emails a second. */
const MAILS_PER_BATCH = 40;
const CONCURRENCY = { least: 10, most: 1_000 };

/** SES reports several times about each email, so more emails a second need more batches at the same time. */
export function concurrencyFor(mailRate = 0): number {
  return Math.min(Math.max(Math.ceil(mailRate / MAILS_PER_BATCH), CONCURRENCY.least), CONCURRENCY.most);
}

/** The resources that the function needs to handle the messages that customers send. */
export interface Answers {
  readonly numberKey: AddressKey;
  readonly events: Inbox;
}

export interface MessageStatusProps {
  readonly mailRate: number | undefined;
  /** `undefined` when the stack receives no messages from customers. */
  readonly answers: Answers | undefined;
  readonly statuses: Statuses;
  readonly machine: JourneyMachine;
}

export class MessageStatus extends Construct {
  readonly handler: JourneyFunction<"message-status">;

  constructor(
    scope: Construct,
    id: string,
    foundation: Foundation,
    { statuses, machine, mailRate, answers }: MessageStatusProps,
  ) {
    super(scope, id);
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "message-status",
      description: "Stores delivery reports and wakes the customers who wait for them",
      timeout: TIMEOUT,
      environment: {
        ...foundation.environment,
        TEMPLATES_TABLE: foundation.tables.templates.tableName,
        NUMBER_KEY_ARN: answers?.numberKey.key.secretArn,
        EVENTS_QUEUE_URL: answers?.events.queue.queueUrl,
      },
      failure: {
        forCustomers:
          "customers whose journey waits until they read a message go on as if they had not read it. If the stack receives messages from customers, a STOP has no effect until it is handled. A report or message that has failed five times, after about 15 minutes, goes to the dead-letter queue.",
        doFirst:
          "read the log of message-status. If the errors began with a deployment, undo that deployment. Then run `journeys redrive`.",
      },
    });
    this.handler = handler;
    foundation.tables.allow(
      handler,
      "readJourneys",
      "readTemplates",
      "readCustomers",
      "writeCustomers",
      "count",
      "judgeReports",
    );
    machine.allowSignalling(handler);
    if (answers) {
      this.receive(answers);
      foundation.tables.allow(handler, "checkCustomers");
    }
    statuses.feed(handler, concurrencyFor(mailRate));
    const filter = new MetricFilter(this, "Held", {
      logGroup: handler.logGroup,
      filterPattern: FilterPattern.stringValue("$.message", "=", MARKETING_HELD),
      metricNamespace: Stack.of(this).stackName,
      metricName: "MarketingHeld",
    });
    foundation.alarms.add(handler, "MarketingHeld", {
      metric: filter.metric({ period: PERIOD, statistic: "Sum" }),
      above: 0,
      text: {
        happened:
          "Too many emails of a journey bounced or drew complaints, so the journey's circuit breaker opened: marketing emails, text messages and WhatsApp messages of the journey are not sent.",
        forCustomers:
          "a customer whose next step is one of these messages waits. The journey checks every hour, and after one day the customer goes on without the message. Exits, goals, transactional messages and other journeys are not affected.",
        doFirst:
          "`journeys doctor` names the journey and the reason. Find out which customers get its emails and why they reject them. Then run `journeys resume ID --breaker`, or `journeys stop ID`.",
      },
    });
  }

  private receive({ numberKey, events }: Answers): void {
    const { handler } = this;
    numberKey.allowReading(handler);
    handler.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [events.queue.queueArn] }));
    new MetricFilter(this, "UnknownNumber", {
      logGroup: handler.logGroup,
      filterPattern: FilterPattern.stringValue("$.message", "=", UNKNOWN_NUMBER),
      metricNamespace: Stack.of(this).stackName,
      metricName: "UnknownNumber",
    });
  }
}
