/** Waits until no customer is inside a stopped journey. */
import { setTimeout as sleep } from "node:timers/promises";
import { count } from "../../insight/words/count.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { Io } from "../terminal/io.ts";

const PATIENCE_MILLISECONDS = 15 * 60_000;

/** The number of customers who are still inside at the end: 0, unless the time limit was reached. */
export async function waitUntilEmpty(id: string, stack: DeployedStack, io: Io): Promise<number> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (let printed = Number.POSITIVE_INFINITY; ; await sleep(1000)) {
    const { active = 0 } = await stack.counts(id);
    if (active === 0 || Date.now() > deadline) return active;
    if (active !== printed) io.err(`${count(active, "customer")} still inside…`);
    printed = active;
  }
}
