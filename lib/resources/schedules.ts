/**
 * The group of the schedules that start audience runs, and the role with which EventBridge Scheduler starts them. The
 * functions make and change the schedules of this group only, and can give Scheduler this role only.
 */
import { ArnFormat, Names, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledge.ts";

export class Schedules extends Construct {
  /**
   * The name of the state machine of audience runs. The name is fixed, because the function that the machine calls must
   * know it.
   */
  readonly machineName: string;
  readonly environment: {
    readonly SCHEDULE_GROUP: string;
    readonly RUN_MACHINE_ARN: string;
    readonly SCHEDULE_ROLE_ARN: string;
  };
  private readonly group: string;
  private readonly role: Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.group = Names.uniqueResourceName(this, { maxLength: 64 });
    new CfnScheduleGroup(this, "Group", { name: this.group });
    this.machineName = `${Names.uniqueResourceName(this, { maxLength: 70 })}-Runs`;
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: "Role with which EventBridge Scheduler starts audience runs",
    });
    const machine = this.arn("states", "stateMachine", this.machineName, ArnFormat.COLON_RESOURCE_NAME);
    this.role.addToPolicy(new PolicyStatement({ actions: ["states:StartExecution"], resources: [machine] }));
    this.environment = { SCHEDULE_GROUP: this.group, RUN_MACHINE_ARN: machine, SCHEDULE_ROLE_ARN: this.role.roleArn };
  }

  /** For the function that compares the schedules with the journeys. */
  allowComparing(grantee: LambdaFunction): void {
    this.allow(grantee, "Get");
  }

  allowArming(grantee: LambdaFunction): void {
    this.allow(grantee, "Create", "Update", "Delete");
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: ["iam:PassRole"],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
      }),
    );
  }

  private allow(grantee: LambdaFunction, ...verbs: readonly string[]): void {
    const schedules = this.arn("scheduler", "schedule", `${this.group}/*`, ArnFormat.SLASH_RESOURCE_NAME);
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: verbs.map((verb) => `scheduler:${verb}Schedule`), resources: [schedules] }),
    );
    acknowledgeWildcard(
      grantee,
      schedules,
      "Each journey has a schedule of its own. All are in the group of this stack.",
    );
  }

  private arn(service: string, resource: string, resourceName: string, arnFormat: ArnFormat): string {
    return Stack.of(this).formatArn({ service, resource, resourceName, arnFormat });
  }
}
