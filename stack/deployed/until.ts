/** Polls until a deployed stack has done something that it does in the background. */
import { setTimeout } from "node:timers/promises";

/** The time of the command line's clock, in milliseconds. */
interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const wall: Clock = { now: Date.now, sleep: (milliseconds) => setTimeout(milliseconds) };

/** Calls `look` until it returns an answer. */
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
    super(`Waited ${seconds} s for ${what}, and it did not happen.`);
  }
}
