/** The ids that services give to messages, and the reports that come before an id is stored. */
import { describe, expect, test } from "vitest";
import { EARLIER, LATER, NOW } from "../domain/enrolled.ts";
import type { MakeWorld } from "./world/ports.ts";

const message = { customerId: "c-1", messageId: "e-0", addressHash: "0123456789012345678901" };
const read = { status: "read", time: NOW } as const;
const refused = { status: "failed", time: NOW, reason: "held-by-meta" } as const;

export function describeSentIds(make: MakeWorld): void {
  describe("the id that a service gave to a message", () => {
    test.each(["4bee7d29-70f5-4a49-b84e-facf4424fe58", "wamid.HBgLMTQyNTY5ODgzMDIVAgARGBI="])(
      "leads to the message, whatever its form: %s",
      async (id) => {
        const { sentIds } = await make();
        expect(await sentIds.note(id, message)).toEqual([]);
        expect(await sentIds.find(id, read)).toEqual({ ...message, early: [] });
        expect(await sentIds.find(`${id}x`, read)).toBeUndefined();
      },
    );

    test("leads to a message whose address was not read", async () => {
      const { sentIds } = await make();
      const { addressHash: _, ...without } = message;
      await sentIds.note("a", without);
      expect(await sentIds.find("a", read)).toEqual({ ...without, early: [] });
    });

    test("is only looked up without a report: nothing is stored", async () => {
      const { sentIds } = await make();
      expect(await sentIds.find("a")).toBeUndefined();
      expect(await sentIds.note("a", message)).toEqual([]);
      expect(await sentIds.find("a")).toEqual({ ...message, early: [] });
      expect(await sentIds.find("b")).toBeUndefined();
    });

    test("comes with the reports that were faster, the earliest of each status", async () => {
      const { sentIds } = await make();
      expect(await sentIds.find("a", refused)).toBeUndefined();
      expect(await sentIds.find("a", { ...read, time: LATER })).toBeUndefined();
      expect(await sentIds.find("a", read)).toBeUndefined();
      expect(await sentIds.find("a", { ...read, time: LATER })).toBeUndefined();
      const byStatus = (all: readonly { status: string }[]) =>
        [...all].sort((a, b) => a.status.localeCompare(b.status));
      expect(byStatus(await sentIds.note("a", message))).toEqual([refused, read]);
      const found = await sentIds.find("a", { ...read, time: EARLIER });
      expect(byStatus(found?.early ?? [])).toEqual([refused, read]);
    });

    test("and a report that comes at the same moment meet: one of the two gets the other", async () => {
      const { sentIds } = await make();
      const ids = Array.from({ length: 12 }, (_, n) => `id-${n}`);
      const met = await Promise.all(
        ids.map(async (id) => {
          const [early, found] = await Promise.all([sentIds.note(id, message), sentIds.find(id, read)]);
          return early.length > 0 || found !== undefined;
        }),
      );
      expect(met).toEqual(ids.map(() => true));
    });
  });
}
