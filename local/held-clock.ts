/** The engine's clock, held: time is what it is set to, and nobody's wait ends before it is released. */
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod/mini";
import type { Time } from "../lambdas/domain/time/time.ts";
import { toTime } from "../lambdas/domain/time/time.ts";
import type { Engine } from "./engine.ts";

const state = z.object({ rests: z.boolean(), next: z.nullable(z.string()) });

/** What a function does next may take a moment to be seen: only who is found at rest twice rests. */
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

  /** Functions see this moment from now on; waits that end at it go on waiting. */
  async set(now: Time): Promise<void> {
    this.now = now;
    await this.tell({ now, released: this.released });
  }

  /** Lets everybody go on who has waited for this moment. */
  async release(): Promise<void> {
    this.released = this.now;
    await this.tell({ now: this.now, released: this.now });
  }

  /** Lets time pass again. */
  async letGo(): Promise<void> {
    await this.tell({});
  }

  /** Until everything that has begun has come to rest; then the next moment that somebody waits for. */
  async rest(seconds = 60): Promise<Time | undefined> {
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
