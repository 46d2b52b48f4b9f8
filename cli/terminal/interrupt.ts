/** Runs until Ctrl-C: the signal aborts, the work ends by itself, and the handlers are removed. */

export async function untilInterrupted(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupted = new AbortController();
  const end = () => interrupted.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    await run(interrupted.signal);
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
