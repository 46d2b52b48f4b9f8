/**
 * The state machine `statemachines/journey.asl.json`, which walks every enrollment. The input and the state of an
 * execution hold ids only. The log leaves out execution data, because a task token is a credential.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ArnFormat, Names, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";
import { PERIOD } from "./alarms.ts";
import type { Foundation } from "./foundation.ts";

const definition = join(import.meta.dirname, "../../statemachines/journey.asl.json");

export interface JourneyMachineProps {
  readonly advance: LambdaFunction;
  readonly awaitSignal: LambdaFunction;
  /** Whether every transition is logged. Default: errors only. */
  readonly logAll?: boolean;
}

export class JourneyMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(
    scope: Construct,
    id: string,
    { alarms, logRetention }: Foundation,
    { advance, awaitSignal, logAll = false }: JourneyMachineProps,
  ) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, "StateMachine", {
      // A text instead of a file, so that the template contains the definition and tests and reviews see it.
      definitionBody: DefinitionBody.fromString(readFileSync(definition, "utf8")),
      definitionSubstitutions: {
        AdvanceFunctionArn: advance.functionArn,
        AwaitSignalFunctionArn: awaitSignal.functionArn,
      },
      stateMachineType: StateMachineType.STANDARD,
      tracingEnabled: true,
      logs: {
        // Log groups with this prefix need no entry in the account's resource policy for logs, whose size is limited.
        destination: new LogGroup(this, "Log", {
          logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 200 })}`,
          retention: logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: logAll ? LogLevel.ALL : LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: [advance.functionArn, awaitSignal.functionArn],
      }),
    );
    if (!logAll)
      Validations.of(this.stateMachine).acknowledge({
        id: "AwsSolutions-SF1",
        reason:
          "A log of every transition costs more than the database. The step log in the customers table shows each customer's path, and errors are logged. `logAllTransitions` turns the log on.",
      });
    acknowledgeWildcard(
      this.stateMachine,
      "*",
      "The actions for X-Ray and log delivery (such as logs:CreateLogDelivery) do not support resources.",
    );
    const doFirst =
      "open the failed executions in the Step Functions console. The log of advance has the error at the same time. `journeys customer` shows how far a customer came.";
    alarms.add(this.stateMachine, "Failed", {
      metric: this.stateMachine.metricFailed({ period: PERIOD }),
      above: 0,
      text: {
        happened: "Executions of enrollments have failed.",
        forCustomers:
          "the customers of these executions have left their journey as failed and get no more of its messages.",
        doFirst,
      },
    });
    alarms.add(this.stateMachine, "TimedOut", {
      metric: this.stateMachine.metricTimedOut({ period: PERIOD }),
      above: 0,
      text: {
        happened: "Executions have run for one year, the maximum, and were ended.",
        forCustomers: "nothing changes: the reconciler starts new executions, which go on where the old ones stopped.",
        doFirst: "look for a journey whose waits add up to more than a year, and shorten it.",
      },
    });
    this.warnAboutOpenExecutions(alarms);
  }

  /** The metrics count all executions of the account, because other state machines use the same quota. */
  private warnAboutOpenExecutions(alarms: Foundation["alarms"]): void {
    const metric = (metricName: string) =>
      new Metric({ namespace: "AWS/States", metricName, period: PERIOD, statistic: "Maximum" });
    alarms.add(this.stateMachine, "NearlyFull", {
      metric: new MathExpression({
        expression: "100 * open / quota",
        usingMetrics: { open: metric("OpenExecutionCount"), quota: metric("OpenExecutionLimit") },
        period: PERIOD,
        label: "open executions, in percent of the quota",
      }),
      above: 80,
      text: {
        happened: "The account has used more than 80 % of its quota of open executions.",
        forCustomers:
          "nothing changes yet. At 100 % of the quota, new customers wait until other enrollments end. No customer is lost.",
        doFirst:
          "ask AWS for a higher quota of open standard executions. `journeys doctor` shows the count; `journeys pause ID` lets no further customer into a journey.",
      },
    });
  }

  get arn(): string {
    return this.stateMachine.stateMachineArn;
  }

  allowStarting(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["states:StartExecution"], resources: [this.arn] }));
  }

  /** Lets a function stop executions, and with `describe` ask whether they are open. */
  allowStopping(grantee: LambdaFunction, describe = false): void {
    const executions = Stack.of(this).formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${this.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const actions = ["states:StopExecution", ...(describe ? ["states:DescribeExecution"] : [])];
    grantee.addToRolePolicy(new PolicyStatement({ actions, resources: [executions] }));
    acknowledgeWildcard(
      grantee,
      executions,
      "Every enrollment has an execution of its own. All are executions of this state machine.",
    );
  }

  /**
   * Lets a function end waits with a task token. IAM checks this action against the state machine, although the IAM
   * reference names no resource for it: https://github.com/aws/aws-cdk/pull/8486
   *
   * This is a separate policy, because a function depends on its role's default policy and the state machine depends on
   * the functions that it calls.
   */
  allowSignalling(grantee: LambdaFunction): void {
    new Policy(grantee, "Signalling", {
      roles: grantee.role ? [grantee.role] : [],
      statements: [new PolicyStatement({ actions: ["states:SendTaskSuccess"], resources: [this.arn] })],
    });
  }
}
