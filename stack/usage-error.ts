/** Wrong usage or no access. The command line prints the message and ends with exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The error for an id on the command line that does not exist in the stack. */
export function unknown(kind: string, id: string, hint: string): UsageError {
  return new UsageError(`There is no ${kind} "${id}" in the stack.${hint}`);
}
