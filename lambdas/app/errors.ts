/** What can go wrong at a port, named for those who decide what to do about it. */

/** Somebody else changed the item first. Read again and decide again. */
export class ConflictError extends Error {
  override name = "ConflictError";
}

/** The service takes no more just now, and took nothing. Try again later. */
export class ThrottledError extends Error {
  override name = "ThrottledError";
}

/** It will fail however often it is tried. */
export class PermanentError extends Error {
  override name = "PermanentError";
}

/**
 * Throws after every item of a loop was processed, if any failed. An error that may pass goes first: one permanent error
 * must not keep the others from being retried.
 */
export function throwFirst(failures: readonly unknown[]): void {
  if (failures.length === 0) return;
  throw failures.find((error) => !(error instanceof PermanentError)) ?? failures[0];
}
