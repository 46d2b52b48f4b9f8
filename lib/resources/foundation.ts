/** What every function stands on. */
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { EnvironmentOf } from "../../lambdas/adapters/environment.ts";
import type { Alarms } from "./alarms.ts";
import type { Tables } from "./tables.ts";

/** The variables that all functions are given. Names, not permissions: what a function may do, its construct grants. */
export type CommonEnvironment = EnvironmentOf<"await-signal">;

export interface Foundation {
  readonly tables: Tables;
  readonly environment: CommonEnvironment;
  readonly alarms: Alarms;
  readonly logRetention: RetentionDays;
}
