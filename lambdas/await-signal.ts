/** Runs when an execution starts to wait for a signal: stores the task token that ends the wait. */
import { environmentOf } from "./adapters/environment.ts";
import { observed } from "./adapters/observed.ts";
import { awsPortsWithoutConditions } from "./adapters/ports.ts";
import { stepFunctionsSignals } from "./adapters/step-functions.ts";
import type { EnrollmentRef } from "./app/store.ts";
import { awaitSignal } from "./app/walk/await-signal.ts";

const ports = awsPortsWithoutConditions(environmentOf("await-signal"), { executions: stepFunctionsSignals });

interface Sleep extends EnrollmentRef {
  readonly visit: number;
  readonly token: string;
}

export const handler = observed(({ customerId, enrollmentId, visit, token }: Sleep) =>
  awaitSignal({ customerId, enrollmentId }, visit, token, ports),
);
