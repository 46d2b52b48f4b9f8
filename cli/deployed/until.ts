/** Waiting for what a deployed stack does by itself. */
import { setTimeout as sleep } from "node:timers/promises";

/** Looks until there is an answer. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await look();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new WaitedInVain(what, seconds);
    await sleep(50);
  }
}

export class WaitedInVain extends Error {
  override name = "WaitedInVain";

  constructor(what: string, seconds: number) {
    super(`Waited ${seconds} s in vain for ${what}.`);
  }
}
