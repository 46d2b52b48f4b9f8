/** The resources and settings that every function's construct receives. */
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { EnvironmentOf } from "../../lambdas/adapters/environment.ts";
import type { Alarms } from "./alarms.ts";
import type { Tables } from "./tables.ts";

/**
 * The environment variables of every function. These variables hold names of resources and give no permissions: each
 * construct grants the permissions that its function needs.
 */
export type CommonEnvironment = EnvironmentOf<"await-signal">;

export interface Foundation {
  readonly tables: Tables;
  readonly environment: CommonEnvironment;
  readonly alarms: Alarms;
  readonly logRetention: RetentionDays;
}
