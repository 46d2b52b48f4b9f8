/** The state machine: one execution for each enrollment, a timer that survives everything. */
import { readFileSync } from "node:fs";
import { type RemovalPolicy, Names, Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IAlarmAction, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

export const definition = readFileSync(new URL("../statemachines/journey.asl.json", import.meta.url), "utf8");

export interface ExecutionsProps {
  readonly advance: IFunction;
  readonly awaitSignal: IFunction;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly alarmAction?: IAlarmAction | undefined;
}

export class Executions extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { advance, awaitSignal, logRetention, removalPolicy, alarmAction }: ExecutionsProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 80 })}`,
      retention: logRetention,
      removalPolicy,
    });
    this.stateMachine = new StateMachine(this, "StateMachine", {
      // As text, so that the template holds it and tests can read it there.
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: { AdvanceFunctionArn: advance.functionArn, AwaitSignalFunctionArn: awaitSignal.functionArn },
      tracingEnabled: true,
      // Inputs and outputs hold ids only; even they stay out of the logs.
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
      removalPolicy,
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ["lambda:InvokeFunction"],
        resources: [advance.functionArn, awaitSignal.functionArn],
      }),
    );
    acknowledge(this.stateMachine, "AwsSolutions-IAM5[Resource::*]", "Log delivery and X-Ray of state machines know no resources: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html");
    const alarm = new Alarm(this, "Failed", {
      metric: this.stateMachine.metricFailed({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription:
        "Some customers were taken out of their journeys because a step kept failing. First: read the reason of the failed enrollments and the log of the advance function.",
    });
    if (alarmAction) alarm.addAlarmAction(alarmAction);
  }
}
