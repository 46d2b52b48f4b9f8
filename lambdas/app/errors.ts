/** The errors of ports. Each class tells the caller what to do: decide again, try again later, or give up. */

/** Another call changed the item first. Read the item again and decide again. */
export class ConflictError extends Error {
  override name = "ConflictError";
}

/** The service is throttled and did nothing. Try again later. */
export class ThrottledError extends Error {
  override name = "ThrottledError";
}

/** Every further try will fail too. */
export class PermanentError extends Error {
  override name = "PermanentError";
}
