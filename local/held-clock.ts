/** Holds the engine's clock: the time is the time that a test sets, and no wait ends before the test releases it. */
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod/mini";
import type { Time } from "../lambdas/domain/time/time.ts";
import { toTime } from "../lambdas/domain/time/time.ts";
import type { Engine } from "./engine.ts";

const state = z.object({ rests: z.boolean(), next: z.nullable(z.string()) });

/**
 * The next action of a function may become visible late, so the engine counts as idle only if it was idle twice in a
 * row.
 */
const LOOK_EVERY_MILLISECONDS = 40;

export class HeldClock {
  private readonly url: string;
  private released: Time;
  now: Time;

  constructor({ endpoint }: Pick<Engine, "endpoint">, start: Time) {
    this.url = `${endpoint}/_local/clock`;
    this.now = start;
    this.released = start;
  }

  /** Functions see this time from now on. Waits that end at this time go on waiting until they are released. */
  async set(now: Time): Promise<void> {
    this.now = now;
    await this.tell({ now, released: this.released });
  }

  /** Ends all waits until the current time. */
  async release(): Promise<void> {
    this.released = this.now;
    await this.tell({ now: this.now, released: this.now });
  }

  /** Lets time pass again. */
  async letGo(): Promise<void> {
    await this.tell({});
  }

  /** Waits until the engine is idle, then returns the next time that a wait ends. */
  async rest(seconds = 240): Promise<Time | undefined> {
    const deadline = Date.now() + seconds * 1000;
    for (let seen = 0; Date.now() < deadline; await sleep(LOOK_EVERY_MILLISECONDS)) {
      const { rests, next } = state.parse(await (await fetch(this.url)).json());
      seen = rests ? seen + 1 : 0;
      if (seen === 2) return toTime(next);
    }
    throw new Error(`After ${seconds} s, functions, queues or streams are still busy with ${this.now}.`);
  }

  private async tell(body: object): Promise<void> {
    const { ok, status } = await fetch(this.url, { method: "POST", body: JSON.stringify(body) });
    if (!ok) throw new Error(`The engine's clock cannot be set: ${status}.`);
  }
}
