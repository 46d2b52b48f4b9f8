/**
 * The state machine `statemachines/audience-run.asl.json`, which runs an audience run: a child execution for each part
 * of the customers. The input and the state of an execution hold ids only.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ArnFormat, Names, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";
import { PERIOD } from "./alarms.ts";
import type { Foundation } from "./foundation.ts";

const definition = join(import.meta.dirname, "../../statemachines/audience-run.asl.json");

export interface RunMachineProps {
  readonly name: string;
  readonly audienceRun: LambdaFunction;
}

export class RunMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { alarms, logRetention }: Foundation, props: RunMachineProps) {
    super(scope, id);
    const { name, audienceRun } = props;
    this.stateMachine = new StateMachine(this, "StateMachine", {
      stateMachineName: name,
      definitionBody: DefinitionBody.fromString(readFileSync(definition, "utf8")),
      definitionSubstitutions: { AudienceRunFunctionArn: audienceRun.functionArn },
      stateMachineType: StateMachineType.STANDARD,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, "Log", {
          logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 200 })}`,
          retention: logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [audienceRun.functionArn] }),
    );
    this.allowChildren();
    Validations.of(this.stateMachine).acknowledge({
      id: "AwsSolutions-SF1",
      reason: "The counters table has the progress of each run, and errors are logged.",
    });
    acknowledgeWildcard(
      this.stateMachine,
      "*",
      "The actions for X-Ray and log delivery (such as logs:CreateLogDelivery) do not support resources.",
    );
    alarms.add(this.stateMachine, "Failed", {
      metric: this.stateMachine.metricFailed({ period: PERIOD }),
      above: 0,
      text: {
        happened: "Executions of audience runs have failed.",
        forCustomers:
          "some customers of these runs have not been considered yet. The reconciler starts the runs again.",
        doFirst: "`journeys runs` shows how far each run came. Read the log of audience-run and fix the cause.",
      },
    });
  }

  get arn(): string {
    return this.stateMachine.stateMachineArn;
  }

  /** Lets a function ask whether the execution of a run is open, and start another one. */
  allowRestarting(grantee: LambdaFunction): void {
    const executions = Stack.of(this).formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${this.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["states:StartExecution"], resources: [this.arn] }));
    grantee.addToRolePolicy(new PolicyStatement({ actions: ["states:DescribeExecution"], resources: [executions] }));
    acknowledgeWildcard(grantee, executions, "Every audience run has an execution of its own.");
  }

  /** A Distributed Map starts its children as executions of the same state machine. */
  private allowChildren(): void {
    const { stateMachine } = this;
    const children = Stack.of(this).formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${stateMachine.stateMachineName}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const policy = new Policy(this, "Children", {
      roles: [stateMachine.role],
      statements: [
        new PolicyStatement({ actions: ["states:StartExecution"], resources: [this.arn] }),
        new PolicyStatement({ actions: ["states:DescribeExecution", "states:StopExecution"], resources: [children] }),
      ],
    });
    acknowledgeWildcard({ role: policy }, children, "Every part of a run has a child execution of its own.");
  }
}
