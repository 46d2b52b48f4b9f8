/**
 * Functions cache journeys, templates and circuit breakers for some seconds. On an engine, no test needs to wait until
 * the functions read them again: what is cached can be made older.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod/mini";
import { FRESH_FOR_MILLISECONDS } from "../lambdas/adapters/dynamodb/journeys.ts";
import type { Engine } from "./engine.ts";

/** From then on, every function has read again what it has cached before. */
export const STALE_MILLISECONDS = FRESH_FOR_MILLISECONDS + 500;
const LOOK_EVERY_MILLISECONDS = 20;

const state = z.object({ busy: z.boolean() });

/**
 * From now on, no function uses what it read before this call. Before that, the functions handle the records of streams
 * and queues, as in a real wait, and as long as a real wait at most.
 */
export async function letFunctionsLookAgain({ endpoint }: Pick<Engine, "endpoint">): Promise<void> {
  const url = `${endpoint}/_local/caches`;
  const deadline = Date.now() + STALE_MILLISECONDS;
  while (state.parse(await (await fetch(url)).json()).busy && Date.now() < deadline)
    await sleep(LOOK_EVERY_MILLISECONDS);
  const { ok, status } = await fetch(url, { method: "POST", body: JSON.stringify({ older: STALE_MILLISECONDS }) });
  if (!ok) throw new Error(`The caches of functions cannot be made older: ${status}.`);
}
