/**
 * How long a client waits for AWS. Without a limit, a request that hangs lasts until the function's own time-out, and
 * takes the whole batch with it. The limits are far above the slowest answers of a healthy service.
 */
const CONNECT = 3_000;

const timeOut = (milliseconds: number) => ({
  requestHandler: { connectionTimeout: CONNECT, requestTimeout: milliseconds, throwOnRequestTimeout: true },
});

/** For clients that retry: three attempts fit into a function's time-out. */
export const retried = timeOut(8_000);

/** For SES, which gets one attempt: a message that SES has accepted late is settled by its report. */
export const once = timeOut(25_000);
