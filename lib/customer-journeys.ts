/** The whole system, as one construct for anybody's CDK app. Reads like the diagram in the README. */
import { CfnOutput, Duration, RemovalPolicy } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IAlarmAction, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type IEventBus, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { FilterCriteria, FilterRule, FunctionUrlAuthType, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { FunctionName } from "../lambdas/adapters/environment.ts";
import { acknowledge } from "./acknowledge.ts";
import { EventRouting } from "./event-routing.ts";
import { Executions } from "./executions.ts";
import { FailureBucket } from "./failure-bucket.ts";
import { JourneyFunction, type JourneyFunctionProps } from "./journey-function.ts";
import { MessageReports } from "./message-reports.ts";
import * as rights from "./rights.ts";
import { Tables } from "./tables.ts";

export interface CustomerJourneysProps {
  /** The bus that apps publish on. Default: a new one. */
  readonly eventBus?: IEventBus;
  /** Who messages are from, for journeys that name nobody. Its identity must be verified in SES. */
  readonly sender?: { readonly from: string; readonly replyTo?: readonly string[] };
  /** The SES identities (domains or addresses) that journeys may send from. Default: any of the account. */
  readonly sendingIdentities?: readonly string[];
  /** What becomes of tables, logs and the bucket with the stack. Default: they are kept. */
  readonly removalPolicy?: RemovalPolicy;
  /** Told when an alarm goes off. */
  readonly alarmTopic?: ITopic;
  /** How long events are kept, in days, for conditions that count them. Default: 365. */
  readonly eventRetentionDays?: number;
  /** Default: one month. */
  readonly logRetention?: RetentionDays;
  /** How many batches of events are handled at once, 2–1,000. Default: 50. */
  readonly matcherConcurrency?: number;
  /** For test stacks only: `virtual` was the time at `real`, and it runs `factor` times as fast. */
  readonly timeScale?: { readonly factor: number; readonly real: string; readonly virtual: string };
}

export class CustomerJourneys extends Construct {
  readonly eventBus: IEventBus;
  private readonly removalPolicy: RemovalPolicy;
  private readonly logRetention: RetentionDays;
  private readonly alarmAction: IAlarmAction | undefined;

  constructor(scope: Construct, id: string, props: CustomerJourneysProps = {}) {
    super(scope, id);
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.logRetention = props.logRetention ?? RetentionDays.ONE_MONTH;
    this.alarmAction = props.alarmTopic && new SnsAction(props.alarmTopic);

    const tables = new Tables(this, "Tables", this.removalPolicy);
    const routing = new EventRouting(this, "Routing", props.eventBus);
    const reports = new MessageReports(this, "Reports");
    const secret = new Secret(this, "SigningSecret", {
      description: "Signs unsubscribe links. Links in mails that were sent stop working when it changes.",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: this.removalPolicy,
    });
    acknowledge(secret, "AwsSolutions-SMG4", "Rotating it would break the unsubscribe links of every mail that was ever sent.");
    this.eventBus = routing.bus;

    const common = {
      JOURNEYS_TABLE: tables.journeys.tableName,
      CUSTOMERS_TABLE: tables.customers.tableName,
      COUNTERS_TABLE: tables.counters.tableName,
      EVENT_RETENTION_DAYS: String(props.eventRetentionDays ?? 365),
      ...(props.timeScale && { TIME_SCALE: JSON.stringify(props.timeScale) }),
    };

    // What runs the steps
    const unsubscribe = this.function("unsubscribe", { ...common, SIGNING_SECRET_ARN: secret.secretArn }, "Customers cannot unsubscribe by their link. First: the function's log.");
    const url = unsubscribe.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    const advance = this.function(
      "advance",
      {
        ...common,
        TEMPLATES_TABLE: tables.templates.tableName,
        EVENT_BUS_NAME: routing.bus.eventBusName,
        CONFIGURATION_SET: reports.configurationSet.configurationSetName,
        UNSUBSCRIBE_URL: url.url,
        SIGNING_SECRET_ARN: secret.secretArn,
        ...(props.sender && { SENDER: JSON.stringify(props.sender) }),
      },
      "Customers wait at their component longer than they should; the step is tried again for up to half an hour. First: the function's log.",
    );
    const awaitSignal = this.function("await-signal", common, "Customers who wait for a message's status or an event go on only when their time is up. First: the function's log.");
    const { stateMachine } = new Executions(this, "Executions", {
      advance: advance.function,
      awaitSignal: awaitSignal.function,
      logRetention: this.logRetention,
      removalPolicy: this.removalPolicy,
      alarmAction: this.alarmAction,
    });
    const STATE_MACHINE_ARN = stateMachine.stateMachineArn;

    // What listens
    const matcher = this.function(
      "trigger-matcher",
      { ...common, STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL: routing.events.deadLetters.queueUrl },
      "Events are not handled: customers enter journeys late. Nothing is lost while the queue keeps them. First: the function's log.",
    );
    const evaluator = this.function(
      "exit-evaluator",
      { ...common, STATE_MACHINE_ARN, EVENT_BUS_NAME: routing.bus.eventBusName },
      "Exits and goals are late: customers may get a message after they bought. First: pause the journeys that send, then the function's log.",
    );
    const messageStatus = this.function("message-status", common, "Message status rules do not see that messages were read. First: the function's log.");
    const publisher = this.function(
      "journey-publisher",
      { ...common, STATE_MACHINE_ARN, TEMPLATES_TABLE: tables.templates.tableName },
      "Edits of journeys do not go live. First: the function's log; save the journey again when it is mended.",
    );
    const reconciler = this.function("reconciler", { ...common, STATE_MACHINE_ARN }, "Customers whose execution was lost stay where they are. First: the function's log.");

    matcher.function.addEventSource(
      new SqsEventSource(routing.events.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: props.matcherConcurrency ?? 50 }),
    );
    messageStatus.function.addEventSource(
      new SqsEventSource(reports.reports.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 20 }),
    );
    const failures = new FailureBucket(this, "Failures", this.removalPolicy);
    const stream = {
      startingPosition: StartingPosition.TRIM_HORIZON,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 5,
      maxRecordAge: Duration.hours(6),
    };
    const stored = (prefix: string) =>
      FilterCriteria.filter({ eventName: FilterRule.or("INSERT", "MODIFY"), dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(prefix) } } } });
    evaluator.function.addEventSource(
      new DynamoEventSource(tables.customers, {
        ...stream,
        batchSize: 100,
        onFailure: failures.for(evaluator),
        filters: [stored("profile"), stored("event#"), stored("enrollment#")],
      }),
    );
    publisher.function.addEventSource(
      new DynamoEventSource(tables.journeys, {
        ...stream,
        batchSize: 10,
        onFailure: failures.for(publisher),
        filters: [FilterCriteria.filter({ eventName: FilterRule.or("INSERT", "MODIFY"), dynamodb: { Keys: { version: { S: FilterRule.isEqual("current") } } } })],
      }),
    );
    new Rule(this, "Every5Minutes", { schedule: Schedule.rate(Duration.minutes(5)) }).addTarget(
      new LambdaFunction(reconciler.function, { deadLetterQueue: routing.events.deadLetters, retryAttempts: 0 }),
    );

    // Who may do what
    rights.give({ tables, stateMachine, secret, bus: routing.bus, deadLetters: routing.events.deadLetters, reports, sendingIdentities: props.sendingIdentities }, {
      unsubscribe, advance, awaitSignal, matcher, evaluator, messageStatus, publisher, reconciler,
    });

    this.watch("EventsDeadLetters", routing.events.deadLetters, "Events were put aside: they were malformed, or failed five times. Their customers have not entered. First: read the reason attribute of the messages, mend, redrive.");
    this.watch("ReportsDeadLetters", reports.reports.deadLetters, "Reports about messages were put aside: rules that wait for a message's status may not see it. First: the log of message-status, then redrive.");

    this.output("EventBusName", routing.bus.eventBusName);
    this.output("JourneysTableName", tables.journeys.tableName);
    this.output("TemplatesTableName", tables.templates.tableName);
    this.output("CustomersTableName", tables.customers.tableName);
    this.output("CountersTableName", tables.counters.tableName);
    this.output("StateMachineArn", stateMachine.stateMachineArn);
    this.output("UnsubscribeUrl", url.url);
    this.output("EventsDeadLetterQueueUrl", routing.events.deadLetters.queueUrl);
    this.output("ReportsDeadLetterQueueUrl", reports.reports.deadLetters.queueUrl);
    this.output("FailuresBucketName", failures.bucket.bucketName);
  }

  private function<F extends FunctionName>(name: F, environment: JourneyFunctionProps<F>["environment"], failureImpact: string) {
    const id = name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase());
    const { logRetention, removalPolicy, alarmAction } = this;
    return new JourneyFunction(this, id, { name, environment, failureImpact, logRetention, removalPolicy, alarmAction });
  }

  private watch(id: string, deadLetters: IQueue, alarmDescription: string): void {
    const alarm = new Alarm(this, id, {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
    if (this.alarmAction) alarm.addAlarmAction(this.alarmAction);
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, `${name}Output`, { value }).overrideLogicalId(name);
  }
}
