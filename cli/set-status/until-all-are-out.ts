/** Waiting for the end of a stop. */
import { count } from "../count.ts";
import type { Io } from "../io.ts";
import type { Stack } from "../stack.ts";

const PATIENCE_MILLISECONDS = 15 * 60_000;

/** How many are still inside when nobody is, or patience ends. */
export async function untilAllAreOut(id: string, stack: Stack, io: Io): Promise<number> {
  const deadline = io.now() + PATIENCE_MILLISECONDS;
  for (let told = Number.POSITIVE_INFINITY; ; await io.sleep(1000)) {
    const { active = 0 } = await stack.counts(id);
    if (active === 0 || io.now() > deadline) return active;
    if (active !== told) io.err(`${count(active, "customer")} still inside…`);
    told = active;
  }
}
