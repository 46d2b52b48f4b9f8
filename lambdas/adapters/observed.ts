/**
 * Gives every function structured logs with the request's id. The event is never logged, because it may hold personal
 * data. An error is logged with its name before Lambda handles it.
 */
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";

export const logger = new Logger();

export function observed<Event, Result>(handle: (event: Event) => Promise<Result>) {
  return middy<Event, Result>()
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .onError(({ error }) => logger.error("The call failed.", { name: error?.name, reason: error?.message }))
    .handler(handle);
}
