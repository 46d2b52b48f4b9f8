/** Decides which journeys each event starts. The events come from the bus through a queue. */
import { Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { EVENT_DELAYED } from "../../lambdas/adapters/log-lines.ts";
import { PERIOD } from "../resources/alarms.ts";
import type { Foundation } from "../resources/foundation.ts";
import { Inbox } from "../resources/inbox.ts";
import type { JourneyMachine } from "../resources/journey-machine.ts";
import type { Entries } from "./audience-run.ts";
import { JourneyFunction } from "./journey-function.ts";

const TIMEOUT = Duration.seconds(30);

/**
 * The batches of audience runs that are handled at the same time, the least that AWS allows. A run of millions therefore
 * stays below the rate at which Step Functions starts executions, and delays no event.
 */
const ENTRIES_AT_ONCE = 2;

/**
 * The queue of events. The queue is a separate construct, because the rules that fill it are created before the
 * function.
 */
export class Events extends Inbox {
  constructor(scope: Construct, id: string, { alarms }: Foundation) {
    super(scope, id, {
      alarms,
      timeout: TIMEOUT,
      deadLetter: {
        happened: "Events of customers were not handled.",
        forCustomers: "the customers of these events did not enter, or did not leave, journeys that listen to them.",
        doFirst:
          "`journeys redrive --list` shows each event with its reason. If there is a reason, fix the app that published the event. If there is none, read the log of trigger-matcher and fix the cause. Then run `journeys redrive`. Handling an event twice does no harm.",
      },
      late: {
        happened: "Events of customers have been waiting for more than 15 minutes.",
        forCustomers: "customers enter their journeys late.",
        doFirst: "check whether trigger-matcher fails or is throttled. If it is only busy, raise `matcherConcurrency`.",
      },
    });
  }
}

export interface TriggerMatcherProps {
  readonly events: Events;
  /** The customers who may enter by an audience run. */
  readonly entries: Entries;
  readonly machine: JourneyMachine;
  readonly maxConcurrency: number;
}

export class TriggerMatcher extends Construct {
  readonly handler: JourneyFunction<"trigger-matcher">;

  constructor(scope: Construct, id: string, foundation: Foundation, props: TriggerMatcherProps) {
    super(scope, id);
    const { events, entries, machine, maxConcurrency } = props;
    const handler = new JourneyFunction(this, "Function", foundation, {
      name: "trigger-matcher",
      description: "Decides which journeys a customer enters when an event arrives",
      timeout: TIMEOUT,
      environment: {
        ...foundation.environment,
        TEMPLATES_TABLE: foundation.tables.templates.tableName,
        STATE_MACHINE_ARN: machine.arn,
        QUEUE_URL: events.queue.queueUrl,
        ENTRIES_QUEUE_URL: entries.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: events.deadLetters.queueUrl,
      },
      failure: {
        forCustomers:
          "no event lets a customer enter or leave a journey until the cause is fixed. An event that has failed five times, after about 15 minutes, goes to the dead-letter queue.",
        doFirst:
          "read the log of trigger-matcher. If the errors began with a deployment, undo that deployment. Then run `journeys redrive`, so that events from the dead-letter queue are handled too.",
      },
    });
    this.handler = handler;
    foundation.tables.allow(
      handler,
      "readJourneys",
      "listJourneys",
      "readTemplates",
      "readCustomers",
      "listEnrollments",
      "readEvents",
      "keepEvents",
      "writeCustomers",
      "checkCustomers",
      "eraseCustomers",
      "count",
      "readRuns",
    );
    machine.allowStarting(handler);
    machine.allowStopping(handler);
    machine.allowSignalling(handler);
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ["sqs:SendMessage"],
        resources: [events.queue.queueArn, events.deadLetters.queueArn, entries.queue.queueArn],
      }),
    );
    events.feed(handler, maxConcurrency);
    entries.feed(handler, ENTRIES_AT_ONCE);
    const delayed = new MetricFilter(this, "Delayed", {
      logGroup: handler.logGroup,
      filterPattern: FilterPattern.stringValue("$.message", "=", EVENT_DELAYED),
      metricNamespace: Stack.of(this).stackName,
      metricName: "EventDelayed",
    });
    foundation.alarms.add(handler, "Delayed", {
      metric: delayed.metric({ period: PERIOD, statistic: "Sum" }),
      above: 0,
      periods: 6,
      text: {
        happened: "AWS has been throttling starts of executions, or the database, for 30 minutes.",
        forCustomers: "customers enter their journeys late. No event is lost: each goes back to the queue.",
        doFirst:
          "`journeys doctor` shows the open executions and their quota. Ask AWS for the quota that is used up: open executions, or StartExecution.",
      },
    });
  }
}
