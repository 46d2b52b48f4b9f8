/**
 * The one state machine that walks every enrollment: `statemachines/journey.asl.json`. It logs every step, but no data
 * (a task token is a credential), and carries ids only.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ArnFormat, Names, RemovalPolicy, Stack } from "aws-cdk-lib";
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
}

export class JourneyMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(
    scope: Construct,
    id: string,
    { alarms, logRetention }: Foundation,
    { advance, awaitSignal }: JourneyMachineProps,
  ) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, "StateMachine", {
      // From text, not from the file, so that the template holds it and tests and reviews see it.
      definitionBody: DefinitionBody.fromString(readFileSync(definition, "utf8")),
      definitionSubstitutions: {
        AdvanceFunctionArn: advance.functionArn,
        AwaitSignalFunctionArn: awaitSignal.functionArn,
      },
      stateMachineType: StateMachineType.STANDARD,
      tracingEnabled: true,
      logs: {
        // Under this prefix, log groups need no entry in the resource policy of the account's logs, which is small.
        destination: new LogGroup(this, "Log", {
          logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 200 })}`,
          retention: logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: [advance.functionArn, awaitSignal.functionArn],
      }),
    );
    acknowledgeWildcard(
      this.stateMachine,
      "*",
      "X-Ray and the delivery of logs (logs:CreateLogDelivery and its kind) know no resources.",
    );
    const doFirst =
      "open the failed executions in the Step Functions console; the log of advance has the error under the same time. `journeys customer` shows how far each one came.";
    alarms.add(this.stateMachine, "Failed", {
      metric: this.stateMachine.metricFailed({ period: PERIOD }),
      above: 0,
      text: {
        happened: "Executions of journeys have failed.",
        forCustomers: "those concerned have left their journey as failed and get no more of its messages.",
        doFirst,
      },
    });
    alarms.add(this.stateMachine, "TimedOut", {
      metric: this.stateMachine.metricTimedOut({ period: PERIOD }),
      above: 0,
      text: {
        happened: "Executions of journeys have run for a year, which is the most they may.",
        forCustomers: "none yet: the reconciler starts new executions where the old ones stopped.",
        doFirst: "look for a journey whose waits add up to more than a year, and shorten it.",
      },
    });
  }

  get arn(): string {
    return this.stateMachine.stateMachineArn;
  }

  allowStarting(grantee: LambdaFunction): void {
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["states:StartExecution"], resources: [this.arn] }));
  }

  allowStopping(grantee: LambdaFunction): void {
    const executions = Stack.of(this).formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${this.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["states:StopExecution"], resources: [executions] }));
    acknowledgeWildcard(grantee, executions, "Every enrollment has an execution of its own, all of this machine.");
  }

  /**
   * Lets a function wake executions that wait with a token. Checked against the machine, although the reference of IAM
   * names no resource for it: https://github.com/aws/aws-cdk/pull/8486
   *
   * A policy apart from the role's own, which a function waits for: the machine comes after the functions it calls.
   */
  allowSignalling(grantee: LambdaFunction): void {
    new Policy(grantee, "Signalling", {
      roles: grantee.role ? [grantee.role] : [],
      statements: [new PolicyStatement({ actions: ["states:SendTaskSuccess"], resources: [this.arn] })],
    });
  }
}
