/** Runs two calls at the same time in every order: the second runs completely just before each port call of the first. */
import { expect } from "vitest";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { recheck } from "../../lambdas/app/entry/recheck.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import { kindOf, watched } from "./calls.ts";
import { eventOf, World } from "./world.ts";

/** `again`: this is the re-check that the first run asked for by its answer, a number of seconds. */
export type Doing = (world: World, ports: Ports, again?: boolean) => Promise<unknown>;

export interface Interleaved {
  readonly prepare: () => Promise<World>;
  readonly first: Doing;
  /** Runs completely, with all its consequences, in the middle of the first. */
  readonly second: Doing;
  /** `at`: the call of the first before which the second ran. */
  readonly then: (world: World, at: string) => Promise<void>;
}

export async function everyOrder({ prepare, first, second, then }: Interleaved): Promise<void> {
  for (let nth = 1; ; nth++) {
    const world = await prepare();
    let [calls, at] = [0, ""];
    const again: Doing[] = [];
    const wholeSecond = async () => {
      if (typeof (await second(world, world.ports)) === "number") again.push(second);
    };
    const ports = watched(world.ports, (call, make) => {
      // A list is read page by page, so it is no single call: the second runs between the calls that follow each page.
      if (kindOf(call) === "list" || ++calls !== nth) return make();
      at = `${nth} ${call}`;
      return wholeSecond()
        .then(() => world.run())
        .then(make);
    });
    if (typeof (await first(world, ports)) === "number") again.push(first);
    if (at === "") await wholeSecond();
    await world.run();
    for (const doing of again) await doing(world, world.ports, true);
    await world.run();
    await then(world, at);
    expect(world.counted(), at).toEqual(world.recount());
    if (at === "") return;
  }
}

/** Each of the two in the middle of the other. */
export const bothWays = async ({ first, second, ...rest }: Interleaved) => {
  await everyOrder({ first, second, ...rest });
  await everyOrder({ first: second, second: first, ...rest });
};

export const handling =
  (name: string, more: Parameters<typeof eventOf>[1] = {}): Doing =>
  (_, ports, again) =>
    (again ? recheck : matchEvent)(eventOf(name, { id: name, ...more }), ports);
export const with_ =
  (document: Readonly<Record<string, unknown>>, still = false) =>
  async () => {
    const world = new World({ still });
    await world.publish(document);
    return world;
  };
