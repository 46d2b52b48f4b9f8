/**
 * Calls the function that stores unsubscriptions, and waits until that function has stored the change, so that the page
 * never confirms too early. A repeated call changes nothing more, so the client retries.
 */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { nameOf, ServiceError, throttled } from "../services/errors.ts";
import { retried } from "../services/time-outs.ts";
import type { Unsubscription } from "./unsubscription.ts";

const client = new LambdaClient(retried);

/** @throws {ThrottledError} when too many requests are handled at the same time. */
export function unsubscriptionWriter(FunctionName: string): (request: Unsubscription) => Promise<void> {
  return async (request) => {
    const { FunctionError } = await client
      .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }))
      .catch((error: unknown) => {
        throw nameOf(error) === "TooManyRequestsException"
          ? throttled("Lambda", error)
          : new ServiceError("Lambda", error);
      });
    // The answer's text may quote the request, so only the function's own log says more.
    if (FunctionError) throw new ServiceError("Lambda", Object.assign(new Error(), { name: FunctionError }));
  };
}
