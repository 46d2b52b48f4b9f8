/** The errors of ports. Each class tells the caller what to do: decide again, try again later, or give up. */

/** Another call changed the item first. Read the item again and decide again. */
export class ConflictError extends Error {
  override name = "ConflictError";
}

/** The service is throttled and did nothing. Try again later. */
export class ThrottledError extends Error {
  override name = "ThrottledError";
}

/** The daily quota is used up: a retry within seconds is pointless. */
export class QuotaError extends ThrottledError {}

/** Every further try will fail too. */
export class PermanentError extends Error {
  override name = "PermanentError";
}

/**
 * Throws after every item of a loop was processed, if any failed. A temporary error is thrown rather than a permanent
 * error, because a permanent error would keep the other items from being retried.
 */
export function throwFirst(failures: readonly unknown[]): void {
  if (failures.length === 0) return;
  throw failures.find((error) => !(error instanceof PermanentError)) ?? failures[0];
}
