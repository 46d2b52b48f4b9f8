/** Waiting for what a deployed stack does by itself. */
import { setTimeout } from "node:timers/promises";
import type { Io } from "../terminal/io.ts";

const wall: Pick<Io, "now" | "sleep"> = { now: Date.now, sleep: (milliseconds) => setTimeout(milliseconds) };

/** Looks until there is an answer. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 60,
  { now, sleep } = wall,
): Promise<T> {
  const deadline = now() + seconds * 1000;
  for (;;) {
    const answer = await look();
    if (answer !== undefined && answer !== false) return answer;
    if (now() > deadline) throw new WaitedInVain(what, seconds);
    await sleep(50);
  }
}

export class WaitedInVain extends Error {
  override name = "WaitedInVain";

  constructor(what: string, seconds: number) {
    super(`Waited ${seconds} s in vain for ${what}.`);
  }
}
