/**
 * The construct that adds customer journeys to your own CDK app:
 *
 *     new CustomerJourneys(this, "Journeys", { sender: { from: "Shop <hello@shop.example>" } });
 *
 * Use it once per stack, because the command line finds every resource by the stack's outputs.
 */
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IEventBus } from "aws-cdk-lib/aws-events";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { CustomerJourneysProps } from "./customer-journeys-props.ts";
import { Advance } from "./functions/advance.ts";
import { AudienceRun, Entries } from "./functions/audience-run.ts";
import { AwaitSignal } from "./functions/await-signal.ts";
import { ExitEvaluator } from "./functions/exit-evaluator.ts";
import { JourneyPublisher } from "./functions/journey-publisher.ts";
import { JourneyStatus, StatusTasks } from "./functions/journey-status.ts";
import { MessageStatus, Statuses } from "./functions/message-status.ts";
import { Reconciler } from "./functions/reconciler.ts";
import { Events, TriggerMatcher } from "./functions/trigger-matcher.ts";
import { Unsubscribe } from "./functions/unsubscribe.ts";
import { wrongLimits } from "./limits.ts";
import { outputs } from "./outputs.ts";
import { AddressKey } from "./resources/address-key.ts";
import { Alarms } from "./resources/alarms.ts";
import { Dashboard } from "./resources/dashboard.ts";
import { Failures } from "./resources/failures.ts";
import type { Foundation } from "./resources/foundation.ts";
import { JourneyBus } from "./resources/journey-bus.ts";
import { JourneyMachine } from "./resources/journey-machine.ts";
import { Mail } from "./resources/mail.ts";
import { RunMachine } from "./resources/run-machine.ts";
import { Schedules } from "./resources/schedules.ts";
import { Sms } from "./resources/sms.ts";
import { Tables } from "./resources/tables.ts";
import { Whatsapp } from "./resources/whatsapp.ts";

export class CustomerJourneys extends Construct {
  readonly eventBus: IEventBus;

  constructor(scope: Construct, id: string, props: CustomerJourneysProps = {}) {
    super(scope, id);
    const { removalPolicy = RemovalPolicy.RETAIN, sender, limits, mailRate } = props;
    const wrong = wrongLimits(limits);
    if (wrong.length > 0) throw new Error(`The stack's limits are invalid: ${wrong.join(" ")}`);

    const tables = new Tables(this, "Tables", removalPolicy);
    const foundation: Foundation = {
      tables,
      alarms: new Alarms(props.alarmTopic),
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      environment: {
        JOURNEYS_TABLE: tables.journeys.tableName,
        CUSTOMERS_TABLE: tables.customers.tableName,
        COUNTERS_TABLE: tables.counters.tableName,
        EVENT_RETENTION_DAYS: String((props.eventRetention ?? Duration.days(400)).toDays()),
        TIME_SCALE: props.timeScale && JSON.stringify(props.timeScale),
      },
    };
    const failures = new Failures(this, "Failures", removalPolicy);

    // apps ──▶ bus ──▶ events, SES ──▶ statuses
    const events = new Events(this, "Events", foundation);
    const statuses = new Statuses(this, "Statuses", foundation);
    const statusTasks = new StatusTasks(this, "StatusTasks", foundation);
    const entries = new Entries(this, "Entries", foundation);
    const schedules = new Schedules(this, "Schedules");
    const bus = new JourneyBus(this, "EventBus", { existing: props.eventBus, inbox: events });
    const mail = new Mail(this, "Mail", { identity: props.sesIdentity, inbox: statuses, alarms: foundation.alarms });
    const sms =
      props.sms && new Sms(this, "Sms", { setting: props.sms, stack: mail.configurationSetName, inbox: statuses });
    const whatsapp = props.whatsapp && new Whatsapp(this, "Whatsapp", { setting: props.whatsapp, inbox: statuses });
    this.eventBus = bus.bus;

    // Advance ──▶ Route ──▶ Wait | AwaitSignal ──▶ Advance …
    const unsubscribe = new Unsubscribe(this, "Unsubscribe", foundation, {
      removalPolicy,
      concurrency: props.unsubscribeConcurrency,
    });
    const addressKey = new AddressKey(this, "AddressKey", removalPolicy);
    const advance = new Advance(this, "Advance", foundation, {
      bus,
      mail,
      unsubscribe,
      addressKey,
      unsubscribeUrl: props.unsubscribeUrl,
      sender,
      limits,
      mailRate,
      sms,
      whatsapp,
    });
    const awaitSignal = new AwaitSignal(this, "AwaitSignal", foundation);
    const machine = new JourneyMachine(this, "Machine", foundation, {
      logAll: props.logAllTransitions ?? false,
      advance: advance.handler,
      awaitSignal: awaitSignal.handler,
    });
    machine.allowSignalling(awaitSignal.handler);

    // schedules, persons ──▶ audience runs ──▶ entries
    // events ──▶ entries · customers ──▶ exits and goals · statuses ──▶ signals
    // journeys ──▶ live versions ──▶ status tasks ──▶ exits, releases
    const audienceRun = new AudienceRun(this, "AudienceRun", foundation, { entries, schedules });
    const runMachine = new RunMachine(this, "RunMachine", foundation, {
      name: schedules.machineName,
      audienceRun: audienceRun.handler,
    });
    const matcher = new TriggerMatcher(this, "TriggerMatcher", foundation, {
      events,
      entries,
      machine,
      maxConcurrency: props.matcherConcurrency ?? 10,
    });
    const evaluator = new ExitEvaluator(this, "ExitEvaluator", foundation, {
      bus,
      machine,
      failures,
      addressKey,
      listsNumbers: (sms ?? whatsapp) !== undefined,
    });
    const messageStatus = new MessageStatus(this, "MessageStatus", foundation, {
      statuses,
      machine,
      mailRate,
      answers: (sms?.topic ?? whatsapp?.topic) && { numberKey: addressKey, events },
    });
    const publisher = new JourneyPublisher(this, "JourneyPublisher", foundation, {
      statusTasks,
      failures,
      schedules,
      requireTests: props.requireTests ?? false,
    });
    const journeyStatus = new JourneyStatus(this, "JourneyStatus", foundation, { tasks: statusTasks, machine });
    const reconciler = new Reconciler(this, "Reconciler", foundation, { machine, runMachine, schedules });

    if (props.dashboard ?? true)
      new Dashboard(this, "Overview", {
        stateMachine: machine.stateMachine,
        inboxes: { events, statuses, "status tasks": statusTasks, "audience runs": entries },
        followers: { "exit-evaluator": evaluator.handler, "journey-publisher": publisher.handler },
        functions: {
          "trigger-matcher": matcher.handler,
          advance: advance.handler,
          "await-signal": awaitSignal.handler,
          "exit-evaluator": evaluator.handler,
          "message-status": messageStatus.handler,
          "journey-publisher": publisher.handler,
          "journey-status": journeyStatus.handler,
          "audience-run": audienceRun.handler,
          reconciler: reconciler.handler,
          unsubscribe: unsubscribe.handler,
          "unsubscription-writer": unsubscribe.writer.handler,
        },
      });

    outputs(this, {
      EventBusName: bus.bus.eventBusName,
      JourneysTableName: tables.journeys.tableName,
      TemplatesTableName: tables.templates.tableName,
      CustomersTableName: tables.customers.tableName,
      CountersTableName: tables.counters.tableName,
      StateMachineArn: machine.arn,
      UnsubscribeUrl: unsubscribe.url,
      AddressKeyArn: addressKey.key.secretArn,
      EventsQueueUrl: events.queue.queueUrl,
      EventsDeadLetterQueueUrl: events.deadLetters.queueUrl,
      StatusesQueueUrl: statuses.queue.queueUrl,
      StatusesDeadLetterQueueUrl: statuses.deadLetters.queueUrl,
      StatusTasksQueueUrl: statusTasks.queue.queueUrl,
      StatusTasksDeadLetterQueueUrl: statusTasks.deadLetters.queueUrl,
      EntriesQueueUrl: entries.queue.queueUrl,
      EntriesDeadLetterQueueUrl: entries.deadLetters.queueUrl,
      RunMachineArn: runMachine.arn,
      FailuresBucketName: failures.bucket.bucketName,
      ExitEvaluatorName: evaluator.handler.functionName,
      EventRetentionDays: foundation.environment.EVENT_RETENTION_DAYS,
      ...(sms?.topic && { SmsTopicArn: sms.topic.topicArn }),
      ...(whatsapp?.topic && { WhatsappTopicArn: whatsapp.topic.topicArn }),
      ...(foundation.environment.TIME_SCALE && { TimeScale: foundation.environment.TIME_SCALE }),
    });
  }
}
