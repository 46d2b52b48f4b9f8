/** The customers as the parts of an audience run read them. */
import { describe, expect, test } from "vitest";
import { hasProfile } from "../../../lambdas/domain/customer/customer.ts";
import { NOW } from "../../domain/enrolled.ts";
import { customer, event } from "../world/given.ts";
import type { MakeWorld, World } from "../world/ports.ts";

export function describeProfiles(make: MakeWorld): void {
  describe("the customers of a run", () => {
    const PARTS = 3;
    const names = Array.from({ length: 11 }, (_, index) => `c-${index}`);

    const filled = async (): Promise<World> => {
      const world = await make();
      for (const customerId of names)
        await world.store.commit([customer(1, { customerId }), event(`e-${customerId}`, { customerId })]);
      // Of these two there is no profile.
      await world.store.commit([event("alone", { customerId: "unknown" })]);
      await world.store.commit([customer(1, { customerId: "erased", attributes: {}, deletedAt: NOW })]);
      return world;
    };

    /** Reads a part. After each page, `from` says with the how manyth of its places to go on. */
    async function read({ profiles }: World, number: number, from: (places: number) => number | undefined) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await profiles.page(number, PARTS, after);
        expect(page.places).toHaveLength(page.customers.length);
        const stop = page.customers.length === 0 ? undefined : from(page.customers.length);
        const read = stop === undefined ? page.customers : page.customers.slice(0, stop + 1);
        found.push(...read.filter(hasProfile).map(({ customerId }) => customerId));
        after = stop === undefined ? page.next : page.places[stop];
      } while (after !== undefined);
      return found;
    }

    test.each<[string, (places: number) => number | undefined]>([
      ["page by page", () => undefined],
      ["when it goes on after the first customer of each page", () => 0],
    ])("are each in one part, once, %s", async (_, from) => {
      const world = await filled();
      const parts: string[][] = [];
      for (let number = 0; number < PARTS; number++) parts.push(await read(world, number, from));
      expect(parts.flat().sort()).toEqual([...names].sort());
    });

    test("are read as they are stored", async () => {
      const world = await make();
      await world.store.commit([customer(1, { attributes: { plan: "x", visits: 3 }, tags: ["vip"] })]);
      const pages = [];
      for (let number = 0; number < PARTS; number++) pages.push(await world.profiles.page(number, PARTS, undefined));
      expect(pages.flatMap(({ customers }) => customers)).toEqual([await world.store.customer("c-1")]);
    });

    test("are none in an empty table", async () => {
      const { profiles } = await make();
      expect(await profiles.page(0, 1, undefined)).toEqual({ customers: [], places: [] });
    });
  });
}
