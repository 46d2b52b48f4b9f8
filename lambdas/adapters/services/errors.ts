/**
 * Errors of AWS services, as the use cases, the logs and Step Functions may see them. The text of such an error may
 * quote its input, such as a recipient's address. So an error here says only which service failed and the name of the
 * failure. The original error is its `cause`, which is never logged.
 */
import { ThrottledError } from "../../app/errors.ts";

export type Service =
  | "SES"
  | "End User Messaging"
  | "End User Messaging Social"
  | "EventBridge"
  | "Step Functions"
  | "SQS"
  | "Secrets Manager"
  | "DynamoDB"
  | "EventBridge Scheduler"
  | "Lambda";

/** This error has the name of the original error, because an enrollment that fails stores the name as its reason. */
export class ServiceError extends Error {
  constructor(service: Service, cause: unknown) {
    const name = nameOf(cause);
    super(`${service} answered ${name}.`, { cause });
    this.name = name;
  }
}

/** `reason`: the service's own word for the cause, without personal data. */
export function throttled(service: Service, cause: unknown, reason?: string): ThrottledError {
  const why = reason === undefined ? "" : ` (${reason})`;
  return new ThrottledError(`${service} answered ${nameOf(cause)}${why}.`, { cause });
}

/** Runs a call whose errors need no other translation. */
export async function answered<T>(service: Service, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new ServiceError(service, error);
  }
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "an unknown error";
}
