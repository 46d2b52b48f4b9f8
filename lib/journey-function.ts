/** A function of `lambdas/NAME.ts`: bundled alone, with a role and a log group of its own. */
import { fileURLToPath } from "node:url";
import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IAlarmAction, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { EnvironmentOf, FunctionName } from "../lambdas/adapters/environment.ts";
import { acknowledge } from "./acknowledge.ts";
import { FUNCTION_TIMEOUT } from "./dead-lettered-queue.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * In Lambda, credentials come from the environment; the other ways to find some are loaded on demand only, hence never.
 * Left out, they save a quarter of the bundle.
 */
const neverLoaded = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@aws-sdk/nested-clients",
  "@smithy/credential-provider-imds",
];

export interface JourneyFunctionProps<F extends FunctionName> {
  readonly name: F;
  readonly environment: EnvironmentOf<F>;
  /** What customers notice when it fails, and what to do first: the text of its alarm. */
  readonly failureImpact: string;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly alarmAction?: IAlarmAction | undefined;
}

export class JourneyFunction<F extends FunctionName> extends Construct {
  readonly function: NodejsFunction;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: JourneyFunctionProps<F>) {
    super(scope, id);
    const { name, environment, failureImpact, logRetention, removalPolicy, alarmAction } = props;
    const logGroup = new LogGroup(this, "Logs", { retention: logRetention, removalPolicy });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.function = new NodejsFunction(this, "Function", {
      entry: `${root}lambdas/${name}.ts`,
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: FUNCTION_TIMEOUT,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: { ...(environment as Record<string, string>), POWERTOOLS_SERVICE_NAME: name },
      bundling: {
        format: OutputFormat.ESM,
        target: "node24",
        minify: true,
        mainFields: ["module", "main"],
        externalModules: neverLoaded,
        banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
      },
    });
    logGroup.grantWrite(this.role);
    acknowledge(this.role, "AwsSolutions-IAM5[Resource::*]", "X-Ray's PutTraceSegments, and SendTaskSuccess where it is given, know no resources.");
    const alarm = new Alarm(this, "Errors", {
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: failureImpact,
    });
    if (alarmAction) alarm.addAlarmAction(alarmAction);
  }

  /** Lets the function do these things to these resources, and nothing else. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }));
  }
}
