/** Waiting for the end of a stop. */
import { setTimeout as sleep } from "node:timers/promises";
import { count } from "../../insight/words/count.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { Io } from "../terminal/io.ts";

const PATIENCE_MILLISECONDS = 15 * 60_000;

/** How many are still inside when nobody is, or patience ends. */
export async function untilAllAreOut(id: string, stack: DeployedStack, io: Io): Promise<number> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (let told = Number.POSITIVE_INFINITY; ; await sleep(1000)) {
    const { active = 0 } = await stack.counts(id);
    if (active === 0 || Date.now() > deadline) return active;
    if (active !== told) io.err(`${count(active, "customer")} still inside…`);
    told = active;
  }
}
