/**
 * One Lambda function of the stack. The role of the function can write the function's own log; the construct of the
 * function grants every other permission.
 */
import type { Duration } from "aws-cdk-lib";
import { RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { EnvironmentOf, FunctionName } from "../../lambdas/adapters/environment.ts";
import { acknowledgeWildcard } from "../resources/acknowledge.ts";
import { type AlarmText, PERIOD } from "../resources/alarms.ts";
import type { Foundation } from "../resources/foundation.ts";
import { codeOf } from "./bundle.ts";

export interface JourneyFunctionProps<Name extends FunctionName> {
  readonly name: Name;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: EnvironmentOf<Name>;
  /** What failing calls mean for customers, and what to do first. */
  readonly failure: Omit<AlarmText, "happened">;
  /** The alarm goes off after this many periods in a row with failed calls. Default: 3, because single failures are retried. */
  readonly failingPeriods?: number;
  /** The function's reserved concurrency. Default: none. */
  readonly concurrency?: number | undefined;
}

export class JourneyFunction<Name extends FunctionName> extends LambdaFunction {
  constructor(
    scope: Construct,
    id: string,
    { logRetention, alarms }: Foundation,
    { name, description, timeout, environment, failure, failingPeriods = 3, concurrency }: JourneyFunctionProps<Name>,
  ) {
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Role of the function ${name}`,
    });
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      code: codeOf(name),
      handler: "index.handler",
      description,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout,
      ...(concurrency !== undefined && { reservedConcurrentExecutions: concurrency }),
      environment: { POWERTOOLS_SERVICE_NAME: name, ...given(environment) },
    });
    acknowledgeWildcard(
      this,
      "*",
      "The X-Ray actions, and ListStreams for functions that follow a stream, do not support resources.",
    );
    alarms.add(this, "Errors", {
      metric: this.metricErrors({ period: PERIOD }),
      above: 0,
      periods: failingPeriods,
      text: { happened: `Calls of ${name} keep failing.`, ...failure },
    });
  }
}

function given(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
