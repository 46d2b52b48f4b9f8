/** Waits until no customer is inside a stopped journey. */
import { count } from "../../insight/words/count.ts";
import type { Stack } from "../../stack/stack.ts";
import type { Io } from "../terminal/io.ts";

const PATIENCE_MILLISECONDS = 15 * 60_000;

/** The number of customers who are still inside at the end: 0, unless the time limit was reached. */
export async function waitUntilEmpty(id: string, stack: Stack, io: Io): Promise<number> {
  const deadline = io.now() + PATIENCE_MILLISECONDS;
  for (let printed = Number.POSITIVE_INFINITY; ; await io.sleep(1000)) {
    const { active = 0 } = await stack.counts(id);
    if (active === 0 || io.now() > deadline) return active;
    if (active !== printed) io.err(`${count(active, "customer")} still inside…`);
    printed = active;
  }
}
